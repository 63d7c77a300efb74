package org.atelier.diffusion.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The windows of images; the counts of divisible sizes are those of diffusers. */
class WindowGridTest {

    private static final WindowGrid PLAIN = new WindowGrid(64, 64, 8, false);
    private static final WindowGrid CIRCULAR = new WindowGrid(64, 64, 8, true);

    @ParameterizedTest
    @CsvSource({"64, 256, 25", "128, 128, 81", "72, 64, 2"})
    void dividesAsDiffusers(int height, int width, int windows) {
        assertEquals(windows, PLAIN.of(height, width).size());
    }

    @Test
    void runsRowByRow() {
        assertEquals(
                List.of(new Window(0, 0, 4, 4), new Window(0, 2, 4, 4), new Window(2, 0, 4, 4), new Window(2, 2, 4, 4)),
                new WindowGrid(4, 4, 2, false).of(6, 6));
    }

    @Test
    void theLastWindowIsFlushWithTheEdge() {
        List<Window> windows = PLAIN.of(64, 260);
        assertEquals(26, windows.size());
        assertEquals(new Window(0, 196, 64, 64), windows.get(25));
        assertEquals(new Window(0, 192, 64, 64), windows.get(24));
        assertEquals(new Window(3, 0, 64, 64), PLAIN.of(67, 64).get(1));
    }

    @Test
    void circularWindowsReachOverTheEnd() {
        List<Window> windows = CIRCULAR.of(64, 256);
        assertEquals(32, windows.size(), "as in diffusers");
        assertEquals(new Window(0, 248, 64, 64), windows.get(31));
        assertEquals(33, CIRCULAR.of(64, 260).size());
        assertTrue(CIRCULAR.isCircular(65));
    }

    @Test
    void anImageThatIsNotLargerThanAWindowIsWhole() {
        assertEquals(List.of(Window.WHOLE), PLAIN.of(64, 64));
        assertEquals(List.of(Window.WHOLE), CIRCULAR.of(64, 64));
        assertFalse(CIRCULAR.isCircular(64));
        assertEquals(List.of(Window.WHOLE), PLAIN.of(32, 64));
        assertEquals(new Window(0, 8, 32, 64), PLAIN.of(32, 72).get(1), "a side may be smaller than a window");
    }

    @ParameterizedTest
    @CsvSource({"0", "65", "-1"})
    void refusesStridesThatLeaveGaps(int stride) {
        assertThrows(IllegalArgumentException.class, () -> new WindowGrid(64, 64, stride, false));
    }
}
