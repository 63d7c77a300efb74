package org.atelier.studio.sheet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** All images of a set on one white sheet, in order, each with its prompt below. Stores thumbnails only. */
public final class ContactSheet {

    private static final int MARGIN = 28;
    private static final int GAP = 20;
    private static final int CAPTION_GAP = 8;
    private static final int MAX_LINES = 2;

    /** The total width of the thumbnails in a row, so that the sheet of thousands of images can still be opened. */
    private static final int ROW_WIDTH = 2560;

    private static final int MAX_SIDE = 384;
    private static final int MIN_SIDE = 32;

    /** Small images are enlarged by an integer factor up to this side. */
    private static final int LEGIBLE_SIDE = 256;

    /** Narrower captions would be illegible. */
    private static final int MIN_CAPTION_WIDTH = 96;

    private record Entry(BufferedImage thumbnail, String caption) {}

    private final List<Entry> entries = new ArrayList<>();
    private final int maxSide;

    /** @param count the number of images that will be added */
    public ContactSheet(int count) {
        int share = (int) (ROW_WIDTH / Math.ceil(Math.sqrt(count)));
        this.maxSide = Math.max(MIN_SIDE, Math.min(MAX_SIDE, share));
    }

    public void add(BufferedImage image, String caption) {
        BufferedImage thumbnail = Thumbnail.of(image, side(Math.max(image.getWidth(), image.getHeight())));
        entries.add(new Entry(thumbnail, caption));
    }

    /** Returns the sheet of all images that were added; at least one is required. */
    public BufferedImage generate(CaptionRenderer renderer) {
        int columns = columns(entries.size());
        int rows = (entries.size() + columns - 1) / columns;
        int width = largest(entry -> entry.thumbnail().getWidth());
        int height = largest(entry -> entry.thumbnail().getHeight());
        List<List<String>> captions =
                entries.stream().map(entry -> caption(entry, renderer)).toList();
        int lines = captions.stream().mapToInt(List::size).max().orElse(0);
        int captionHeight = lines == 0 ? 0 : CAPTION_GAP + lines * renderer.lineHeight();

        BufferedImage sheet = new BufferedImage(
                2 * MARGIN + columns * (width + GAP) - GAP,
                2 * MARGIN + rows * (height + captionHeight + GAP) - GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < entries.size(); i++) {
                int x = MARGIN + i % columns * (width + GAP);
                int y = MARGIN + i / columns * (height + captionHeight + GAP);
                graphics.drawImage(entries.get(i).thumbnail(), x, y, null);
                renderer.write(graphics, captions.get(i), x, y + height + CAPTION_GAP);
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private static List<String> caption(Entry entry, CaptionRenderer renderer) {
        int width = entry.thumbnail().getWidth();
        return width < MIN_CAPTION_WIDTH ? List.of() : renderer.lines(entry.caption(), MAX_LINES, width);
    }

    private int largest(ToIntFunction<Entry> measure) {
        return entries.stream().mapToInt(measure).max().orElseThrow();
    }

    /** Returns the longer side of a thumbnail: small images are enlarged by an integer factor, large ones reduced. */
    private int side(int side) {
        return side <= maxSide ? side * Math.max(1, Math.min(maxSide, LEGIBLE_SIDE) / side) : maxSide;
    }

    /** Returns as many columns as rows or somewhat more, so that the last row is as full as possible. */
    static int columns(int images) {
        if (images <= 5) {
            return Math.max(1, images);
        }
        int fewest = (int) Math.ceil(Math.sqrt(images));
        int best = fewest;
        for (int columns = fewest; columns <= Math.round(fewest * 1.6); columns++) {
            if (emptyCells(images, columns) < emptyCells(images, best)) {
                best = columns;
            }
        }
        return best;
    }

    private static int emptyCells(int images, int columns) {
        return Math.floorMod(-images, columns);
    }
}
