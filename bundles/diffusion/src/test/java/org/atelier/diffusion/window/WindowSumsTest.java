package org.atelier.diffusion.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atelier.diffusion.pipeline.HeldResources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WindowSumsTest {

    private static final Window LEFT = new Window(0, 0, 1, 2);
    private static final Window RIGHT = new Window(0, 1, 1, 2);

    private static NDManager manager;

    @BeforeAll
    static void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    private static NDArray row(float... values) {
        return manager.create(values, new Shape(1, 1, 1, values.length));
    }

    @Test
    void anImageOfOneViewGetsItsPrediction() {
        View view = new View(0, 0, Window.WHOLE);
        NDArray prediction = row(1, 2, 3);
        List<NDArray> completed = new ArrayList<>();

        new WindowSums(List.of(view), manager).add(view, prediction, prediction, completed::add);

        assertEquals(1, completed.size());
        assertSame(prediction, completed.get(0));
    }

    @Test
    void averagesTheWindowsOfEachImageInAnyOrder() {
        List<View> views =
                List.of(new View(0, 0, LEFT), new View(1, 0, RIGHT), new View(2, 1, LEFT), new View(3, 1, RIGHT));
        NDArray image = row(0, 0, 0);
        List<float[]> completed = new ArrayList<>();
        Consumer<NDArray> complete = mean -> completed.add(mean.toFloatArray());
        NDArray first = row(1, 2);
        NDArray second = row(4, 8);
        int before = HeldResources.in(manager);

        WindowSums sums = new WindowSums(views, manager);
        sums.add(views.get(3), second, image, complete);
        sums.add(views.get(0), first, image, complete);
        assertEquals(0, completed.size());
        sums.add(views.get(1), second, image, complete);
        sums.add(views.get(2), second, image, complete);

        assertEquals(2, completed.size());
        assertArrayEquals(new float[] {1, 3, 8}, completed.get(0));
        assertArrayEquals(new float[] {4, 6, 8}, completed.get(1));
        assertEquals(before, HeldResources.in(manager));
    }
}
