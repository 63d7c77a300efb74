package org.atelier.studio;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** All pictures of a set on one white sheet, in order, each with its prompt beneath. Keeps thumbnails only. */
final class ContactSheet {

    private static final int MARGIN = 28;
    private static final int GAP = 20;
    private static final int CAPTION_GAP = 8;
    private static final int CAPTION_LINES = 2;
    private static final Color GROUND = Color.WHITE;
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private record Entry(BufferedImage thumbnail, String caption) {}

    private final List<Entry> entries = new ArrayList<>();
    private final int count;

    /** @param count how many pictures there will be; many are shown smaller */
    ContactSheet(int count) {
        this.count = count;
    }

    void add(BufferedImage picture, String caption) {
        int side = Math.max(picture.getWidth(), picture.getHeight());
        entries.add(new Entry(Thumbnail.of(picture, sideFor(side)), caption));
    }

    /** The sheet with what was added so far. */
    BufferedImage draw() {
        int columns = columns(entries.size());
        int rows = (entries.size() + columns - 1) / columns;
        int width = entries.stream()
                .mapToInt(entry -> entry.thumbnail().getWidth())
                .max()
                .orElse(1);
        int height = entries.stream()
                .mapToInt(entry -> entry.thumbnail().getHeight())
                .max()
                .orElse(1);
        FontMetrics metrics = metrics();
        int row = height + CAPTION_GAP + CAPTION_LINES * metrics.getHeight();

        BufferedImage sheet = new BufferedImage(
                2 * MARGIN + columns * width + (columns - 1) * GAP,
                2 * MARGIN + rows * row + (rows - 1) * GAP - metrics.getHeight() / 2,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(GROUND);
            pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            pen.setColor(INK);
            pen.setFont(FONT);
            for (int i = 0; i < entries.size(); i++) {
                int x = MARGIN + i % columns * (width + GAP);
                int y = MARGIN + i / columns * (row + GAP);
                pen.drawImage(entries.get(i).thumbnail(), x, y, null);
                drawCaption(pen, entries.get(i).caption(), x, y + height + CAPTION_GAP, width);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    private static void drawCaption(Graphics2D pen, String caption, int x, int y, int width) {
        FontMetrics metrics = pen.getFontMetrics();
        List<String> lines = CaptionLines.of(caption, CAPTION_LINES, text -> metrics.stringWidth(text) <= width);
        for (int i = 0; i < lines.size(); i++) {
            pen.drawString(lines.get(i), x, y + metrics.getAscent() + i * metrics.getHeight());
        }
    }

    private static FontMetrics metrics() {
        Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return pen.getFontMetrics(FONT);
        } finally {
            pen.dispose();
        }
    }

    /** The longer side of a thumbnail: small pictures twice or thrice as large in whole steps, large ones reduced. */
    private int sideFor(int side) {
        int most = count <= 12 ? 384 : 256;
        return side <= most ? side * Math.max(1, Math.min(most, 256) / side) : most;
    }

    /** As wide as high or somewhat wider, with the last row as full as can be. */
    static int columns(int pictures) {
        if (pictures <= 5) {
            return Math.max(1, pictures);
        }
        int fewest = (int) Math.ceil(Math.sqrt(pictures));
        int best = fewest;
        for (int columns = fewest; columns <= Math.round(fewest * 1.6); columns++) {
            if (empty(pictures, columns) < empty(pictures, best)) {
                best = columns;
            }
        }
        return best;
    }

    private static int empty(int pictures, int columns) {
        return Math.floorMod(-pictures, columns);
    }
}
