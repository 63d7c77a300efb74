package org.atelier.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.atelier.html.EmbeddedImage;

/** Draws values over a picture: bright where they are large; and marks places in it. */
final class HeatMap {

    /** The longer side in pixels. */
    private static final int SIDE = 224;

    /** Dark violet, crimson, orange, pale yellow: ordered by lightness, also without colour vision. */
    private static final int[][] RAMP = {{32, 12, 74}, {136, 34, 106}, {227, 89, 51}, {249, 178, 66}, {252, 255, 190}};

    private final BufferedImage picture;

    HeatMap(BufferedImage picture) {
        double factor = (double) SIDE / Math.max(picture.getWidth(), picture.getHeight());
        int width = (int) Math.max(1, Math.round(picture.getWidth() * factor));
        int height = (int) Math.max(1, Math.round(picture.getHeight() * factor));
        this.picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(this.picture);
        pen.drawImage(picture, 0, 0, width, height, null);
        pen.dispose();
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return pen;
    }

    /**
     * Draws a map over the picture in grey.
     *
     * @param map not negative, by rows
     * @param largest the value that is brightest
     * @return a data URI
     */
    String over(float[] map, int height, int width, double largest) {
        BufferedImage image = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double row = (y + 0.5) / image.getHeight() * height - 0.5;
                double column = (x + 0.5) / image.getWidth() * width - 0.5;
                double value = Math.min(1, interpolated(map, height, width, row, column) / largest);
                image.setRGB(x, y, blended(grey(picture.getRGB(x, y)), value));
            }
        }
        return EmbeddedImage.jpeg(image, SIDE);
    }

    private static double interpolated(float[] map, int height, int width, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        double upper = at(map, height, width, top, left) * (1 - right) + at(map, height, width, top, left + 1) * right;
        double lower =
                at(map, height, width, top + 1, left) * (1 - right) + at(map, height, width, top + 1, left + 1) * right;
        return upper * (1 - down) + lower * down;
    }

    private static double at(float[] map, int height, int width, int row, int column) {
        int y = Math.max(0, Math.min(height - 1, row));
        int x = Math.max(0, Math.min(width - 1, column));
        return map[y * width + x];
    }

    private static double grey(int colour) {
        return 0.3 * (colour >> 16 & 255) + 0.59 * (colour >> 8 & 255) + 0.11 * (colour & 255);
    }

    /** @param value 0 to 1 */
    private static int blended(double grey, double value) {
        double opacity = 0.25 + 0.7 * Math.sqrt(value);
        double position = value * (RAMP.length - 1);
        int lower = (int) Math.min(RAMP.length - 2, Math.floor(position));
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
            double heat = RAMP[lower][channel] + (position - lower) * (RAMP[lower + 1][channel] - RAMP[lower][channel]);
            colour = colour << 8 | (int) Math.round(grey * (1 - opacity) + heat * opacity);
        }
        return colour;
    }

    /**
     * Marks places by numbered circles.
     *
     * @param places x and y of each, 0 to 1
     * @return a data URI
     */
    String marked(List<double[]> places) {
        Graphics2D pen = pen(picture);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        for (int i = 0; i < places.size(); i++) {
            double x = Math.max(11, Math.min(picture.getWidth() - 11.0, places.get(i)[0] * picture.getWidth()));
            double y = Math.max(11, Math.min(picture.getHeight() - 11.0, places.get(i)[1] * picture.getHeight()));
            Ellipse2D circle = new Ellipse2D.Double(x - 10, y - 10, 20, 20);
            pen.setColor(new Color(0, 0, 0, 170));
            pen.fill(circle);
            pen.setColor(Color.WHITE);
            pen.setStroke(new BasicStroke(2));
            pen.draw(circle);
            String number = Integer.toString(i + 1);
            pen.drawString(number, (float) (x - pen.getFontMetrics().stringWidth(number) / 2.0), (float) y + 5);
        }
        pen.dispose();
        return EmbeddedImage.jpeg(picture, SIDE);
    }
}
