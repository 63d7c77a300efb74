package org.atelier.diffusion.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import org.atelier.diffusion.pipeline.HeldResources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static NDManager manager;

    @BeforeAll
    static void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    /** Two rows of five columns: 0 to 4, then 5 to 9. */
    private static NDArray image() {
        return manager.arange(10f).reshape(1, 1, 2, 5);
    }

    @Test
    void cutsAWindow() {
        assertArrayEquals(
                new float[] {2, 3, 7, 8}, new Window(0, 2, 2, 2).cut(image()).toFloatArray());
        assertArrayEquals(
                new float[] {5, 6, 7}, new Window(1, 0, 1, 3).cut(image()).toFloatArray());
    }

    @Test
    void aWindowContinuesAtTheLeftEnd() {
        Window window = new Window(0, 4, 2, 3);
        assertArrayEquals(new float[] {4, 0, 1, 9, 5, 6}, window.cut(image()).toFloatArray());
        NDArray sum = manager.zeros(new Shape(1, 1, 2, 5));
        window.addTo(sum, window.cut(image()));
        assertArrayEquals(new float[] {0, 1, 0, 0, 4, 5, 6, 0, 0, 9}, sum.toFloatArray());
    }

    @Test
    void theWholeImageIsItself() {
        NDArray image = image();
        assertSame(image, Window.WHOLE.cut(image));
    }

    @Test
    void cutsPixels() {
        BufferedImage image = new BufferedImage(10, 4, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 10; x++) {
            for (int y = 0; y < 4; y++) {
                image.setRGB(x, y, 16 * x + y);
            }
        }
        BufferedImage inside = new Window(1, 2, 1, 2).cut(image, 2);
        assertEquals(List.of(4, 2), List.of(inside.getWidth(), inside.getHeight()));
        assertEquals(16 * 4 + 2, inside.getRGB(0, 0) & 0xFFFFFF);
        BufferedImage around = new Window(0, 4, 2, 3).cut(image, 2);
        assertEquals(16 * 9, around.getRGB(1, 0) & 0xFFFFFF);
        assertEquals(3, around.getRGB(2, 3) & 0xFFFFFF);
        assertEquals(16 * 3 + 3, around.getRGB(5, 3) & 0xFFFFFF);
    }

    @Test
    void theMeanOfEqualPredictionsIsTheirValueAndNothingIsHeld() {
        NDArray image = manager.arange(40f).reshape(1, 2, 4, 5);
        int before = HeldResources.in(manager);
        try (WindowSum sum = new WindowSum(image.getShape(), manager)) {
            for (Window window : new WindowGrid(3, 3, 1, true).of(4, 5)) {
                try (NDManager pass = manager.newSubManager()) {
                    NDArray own = image.duplicate();
                    own.attach(pass);
                    sum.add(new View(0, 0, window), window.cut(own));
                }
            }
            assertArrayEquals(image.toFloatArray(), sum.mean().toFloatArray());
        }
        assertEquals(before, HeldResources.in(manager));
    }
}
