package ${package};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ${className}ControlTest {

    private static final int BLACK = 0x000000;
    private static final int GREY = 0x1E1E1E;
    private static final int WHITE = 0xFFFFFF;

    @Test
    void drawsALineWhereTheLightnessChanges() {
        assertArrayEquals(new int[] {BLACK, BLACK, WHITE, BLACK, BLACK, BLACK}, secondRow(40, WHITE));
    }

    @Test
    void drawsNoLineBelowTheThreshold() {
        assertArrayEquals(new int[6], secondRow(31, GREY));
        assertArrayEquals(new int[] {BLACK, BLACK, WHITE, BLACK, BLACK, BLACK}, secondRow(30, GREY));
    }

    @Test
    void resizesToTheGeneratedSize() {
        BufferedImage prepared = new ${className}Control(40).prepare(halves(6, 4, WHITE), 12, 20);
        assertEquals(12, prepared.getWidth());
        assertEquals(20, prepared.getHeight());
        assertEquals(WHITE, prepared.getRGB(5, 10) & WHITE);
        assertEquals(BLACK, prepared.getRGB(2, 10) & WHITE);
    }

    private static int[] secondRow(int threshold, int right) {
        BufferedImage prepared = new ${className}Control(threshold).prepare(halves(6, 4, right), 6, 4);
        return IntStream.range(0, 6).map(x -> prepared.getRGB(x, 1) & WHITE).toArray();
    }

    /** Black on the left, another colour on the right. */
    private static BufferedImage halves(int width, int height, int right) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = width / 2; x < width; x++) {
                image.setRGB(x, y, right);
            }
        }
        return image;
    }
}
