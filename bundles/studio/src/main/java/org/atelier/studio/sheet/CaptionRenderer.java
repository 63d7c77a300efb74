package org.atelier.studio.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes captions, or nothing on a machine without fonts. */
public final class CaptionRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(CaptionRenderer.class);

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Color INK = new Color(0x33, 0x33, 0x33);

    private final FontMetrics metrics;

    private CaptionRenderer(FontMetrics metrics) {
        this.metrics = metrics;
    }

    public static CaptionRenderer ofThisMachine() {
        Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return new CaptionRenderer(pen.getFontMetrics(FONT));
        } catch (Error e) {
            // A server without fonts makes Java throw Error itself, InternalError or a linkage error, as it happens.
            LOG.debug("There are no fonts", e);
            return new CaptionRenderer(null);
        } finally {
            pen.dispose();
        }
    }

    public boolean hasFonts() {
        return metrics != null;
    }

    /** @return pixels, 0 without fonts */
    int lineHeight() {
        return hasFonts() ? metrics.getHeight() : 0;
    }

    /**
     * Breaks a caption.
     *
     * @param width of a line, in pixels
     * @return at most {@code most} lines, none without fonts
     */
    List<String> lines(String caption, int most, int width) {
        return hasFonts() ? CaptionLines.of(caption, most, text -> metrics.stringWidth(text) <= width) : List.of();
    }

    /** Writes lines below each other, {@code y} being the upper edge of the first. */
    void write(Graphics2D pen, List<String> lines, int x, int y) {
        if (lines.isEmpty()) {
            return;
        }
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(INK);
        pen.setFont(FONT);
        for (int i = 0; i < lines.size(); i++) {
            pen.drawString(lines.get(i), x, y + metrics.getAscent() + i * metrics.getHeight());
        }
    }
}
