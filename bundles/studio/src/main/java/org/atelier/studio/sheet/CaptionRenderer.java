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

/** Draws captions; draws nothing on a machine without fonts. */
public final class CaptionRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(CaptionRenderer.class);

    /** The note for a set on a machine without fonts. */
    public static final String NO_FONTS = "This machine has no fonts, so the contact sheet has no captions.";

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Color TEXT_COLOUR = new Color(0x33, 0x33, 0x33);

    private final FontMetrics metrics;

    private CaptionRenderer(FontMetrics metrics) {
        this.metrics = metrics;
    }

    public static CaptionRenderer ofThisMachine() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return new CaptionRenderer(graphics.getFontMetrics(FONT));
        } catch (Error e) {
            // Without fonts, Java throws Error, InternalError or a linkage error, depending on the machine.
            LOG.debug("There are no fonts", e);
            return new CaptionRenderer(null);
        } finally {
            graphics.dispose();
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
     * @return at most {@code maxLines} lines, none without fonts
     */
    List<String> lines(String caption, int maxLines, int width) {
        return hasFonts() ? CaptionLines.of(caption, maxLines, text -> metrics.stringWidth(text) <= width) : List.of();
    }

    /** Draws lines below each other; {@code y} is the upper edge of the first. */
    void write(Graphics2D graphics, List<String> lines, int x, int y) {
        if (lines.isEmpty()) {
            return;
        }
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(TEXT_COLOUR);
        graphics.setFont(FONT);
        for (int i = 0; i < lines.size(); i++) {
            graphics.drawString(lines.get(i), x, y + metrics.getAscent() + i * metrics.getHeight());
        }
    }
}
