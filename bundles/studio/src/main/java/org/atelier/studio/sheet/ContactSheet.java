package org.atelier.studio.sheet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** All images of a set on one white sheet, in order, each with its prompt beneath. Keeps thumbnails only. */
public final class ContactSheet {

    private static final int MARGIN = 28;
    private static final int GAP = 20;
    private static final int CAPTION_GAP = 8;
    private static final int MOST_LINES = 2;

    /** What all thumbnails of a row share, so that a set of thousands still makes an image that can be opened. */
    private static final int ROW = 2560;

    private static final int LARGEST = 384;
    private static final int SMALLEST = 32;

    /** To this, in whole steps, small images are enlarged. */
    private static final int LEGIBLE = 256;

    /** Narrower captions say nothing. */
    private static final int NARROWEST_CAPTION = 96;

    private record Entry(BufferedImage thumbnail, String caption) {}

    private final List<Entry> entries = new ArrayList<>();
    private final int most;

    /** @param count how many images there will be */
    public ContactSheet(int count) {
        int share = (int) (ROW / Math.ceil(Math.sqrt(count)));
        this.most = Math.max(SMALLEST, Math.min(LARGEST, share));
    }

    public void add(BufferedImage image, String caption) {
        BufferedImage thumbnail = Thumbnail.of(image, side(Math.max(image.getWidth(), image.getHeight())));
        entries.add(new Entry(thumbnail, caption));
    }

    /** The sheet with what was added so far, at least one image. */
    public BufferedImage generate(CaptionRenderer lettering) {
        int columns = columns(entries.size());
        int rows = (entries.size() + columns - 1) / columns;
        int width = largest(entry -> entry.thumbnail().getWidth());
        int height = largest(entry -> entry.thumbnail().getHeight());
        List<List<String>> captions =
                entries.stream().map(entry -> caption(entry, lettering)).toList();
        int lines = captions.stream().mapToInt(List::size).max().orElse(0);
        int beneath = lines == 0 ? 0 : CAPTION_GAP + lines * lettering.lineHeight();

        BufferedImage sheet = new BufferedImage(
                2 * MARGIN + columns * (width + GAP) - GAP,
                2 * MARGIN + rows * (height + beneath + GAP) - GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < entries.size(); i++) {
                int x = MARGIN + i % columns * (width + GAP);
                int y = MARGIN + i / columns * (height + beneath + GAP);
                pen.drawImage(entries.get(i).thumbnail(), x, y, null);
                lettering.write(pen, captions.get(i), x, y + height + CAPTION_GAP);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    private static List<String> caption(Entry entry, CaptionRenderer lettering) {
        int width = entry.thumbnail().getWidth();
        return width < NARROWEST_CAPTION ? List.of() : lettering.lines(entry.caption(), MOST_LINES, width);
    }

    private int largest(ToIntFunction<Entry> measure) {
        return entries.stream().mapToInt(measure).max().orElseThrow();
    }

    /** The longer side of a thumbnail: small images are enlarged in whole steps, large ones reduced. */
    private int side(int side) {
        return side <= most ? side * Math.max(1, Math.min(most, LEGIBLE) / side) : most;
    }

    /** As many columns as rows or somewhat more, with the last row as full as can be. */
    static int columns(int images) {
        if (images <= 5) {
            return Math.max(1, images);
        }
        int fewest = (int) Math.ceil(Math.sqrt(images));
        int best = fewest;
        for (int columns = fewest; columns <= Math.round(fewest * 1.6); columns++) {
            if (empty(images, columns) < empty(images, best)) {
                best = columns;
            }
        }
        return best;
    }

    private static int empty(int images, int columns) {
        return Math.floorMod(-images, columns);
    }
}
