package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shapes from the depth of a drawing, with the networks that come with Atelier. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class DepthControlIT {

    private static final int SIDE = 128;
    private static final Color PAPER = new Color(0xF0D8C0);

    /** The distance of a colour from the paper's, in levels, from which a pixel is the object's. */
    private static final int DISTINCT = 60;

    @TempDir
    private Path folder;

    @Test
    void generatesABoatOfTheShapeThatIsDrawn(SetServer server) throws Exception {
        BitSet drawn = silhouette(drawABoat());
        String request = "items: [a house, a boat]\nstyle: paper cutout\nsteps: 8\nseed: 4\n";

        server.generate(folder.resolve("free"), request);
        server.generate(
                folder.resolve("controlled"),
                request + "controls: [{kind: depth, file: '%s'}]\n".formatted(folder.resolve("drawing.png")));

        BufferedImage depth = image("controlled/control-depth.png");
        double inside = drawn.stream().map(i -> level(depth, i)).average().orElseThrow();
        double outside = IntStream.range(0, SIDE * SIDE)
                .filter(i -> !drawn.get(i))
                .map(i -> level(depth, i))
                .average()
                .orElseThrow();
        assertTrue(inside > outside + 100, "the boat's level is " + inside + ", that of the rest " + outside);
        double controlled = overlap(drawn, silhouette(image("controlled/001.png")));
        double free = overlap(drawn, silhouette(image("free/001.png")));
        assertTrue(controlled > 0.55, "overlap with the drawing: " + controlled);
        assertTrue(controlled > free + 0.1, "overlap with the drawing: " + controlled + ", without control " + free);
    }

    /** A boat beside the middle, smaller than sketchbook's own. */
    private BufferedImage drawABoat() throws IOException {
        BufferedImage drawing = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawing.createGraphics();
        pen.setColor(PAPER);
        pen.fillRect(0, 0, SIDE, SIDE);
        pen.setColor(new Color(0x2050A0));
        pen.fill(new Polygon(new int[] {18, 98, 84, 30}, new int[] {84, 84, 106, 106}, 4));
        pen.setColor(new Color(0xC03030));
        pen.fill(new Polygon(new int[] {56, 56, 92}, new int[] {24, 80, 80}, 3));
        pen.dispose();
        ImageIO.write(drawing, "png", folder.resolve("drawing.png").toFile());
        return drawing;
    }

    /** The pixels whose colour differs from the median colour of the border. */
    private static BitSet silhouette(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
        int[] paper = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            int shift = 8 * channel;
            int[] border = IntStream.range(0, SIDE * SIDE)
                    .filter(i -> i % SIDE == 0 || i % SIDE == SIDE - 1 || i < SIDE || i >= SIDE * (SIDE - 1))
                    .map(i -> (pixels[i] >> shift) & 0xFF)
                    .sorted()
                    .toArray();
            paper[channel] = border[border.length / 2];
        }
        BitSet object = new BitSet();
        IntStream.range(0, pixels.length)
                .filter(i -> IntStream.range(0, 3)
                                .map(channel -> Math.abs(((pixels[i] >> (8 * channel)) & 0xFF) - paper[channel]))
                                .sum()
                        > DISTINCT)
                .forEach(object::set);
        return object;
    }

    /** Intersection over union. */
    private static double overlap(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        BitSet either = (BitSet) one.clone();
        either.or(other);
        return (double) both.cardinality() / either.cardinality();
    }

    private static int level(BufferedImage image, int i) {
        return image.getRGB(i % SIDE, i / SIDE) & 0xFF;
    }

    private BufferedImage image(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile());
    }
}
