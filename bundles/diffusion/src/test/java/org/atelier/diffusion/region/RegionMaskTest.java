package org.atelier.diffusion.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.atelier.diffusion.window.Window;
import org.junit.jupiter.api.Test;

class RegionMaskTest {

    /** Two rows of ten latents; those of the first row from {@code from} to {@code to} are white. */
    private static RegionMask mask(int from, int to) {
        byte[] levels = new byte[20];
        for (int i = from; i < to; i++) {
            levels[i] = (byte) 128;
        }
        return RegionMask.of(levels, 10, 2, 10);
    }

    @Test
    void aWindowHasAPartOfTheRegionOrNot() {
        RegionMask mask = mask(1, 3);

        assertTrue(mask.isIn(Window.WHOLE));
        assertTrue(mask.isIn(new Window(0, 2, 2, 4)));
        assertFalse(mask.isIn(new Window(0, 3, 2, 4)));
        assertFalse(mask.isIn(new Window(1, 0, 1, 10)), "the second row is black");
    }

    @Test
    void aWindowOverTheRightEndContinuesAtTheLeft() {
        assertTrue(mask(1, 3).isIn(new Window(0, 8, 2, 4)));
        assertFalse(mask(2, 3).isIn(new Window(0, 8, 2, 4)));
    }

    @Test
    void nothingIsOutsideRegionsThatCoverAll() {
        RegionMask all = RegionMask.of(new byte[] {-1}, 1, 2, 10);

        assertTrue(RegionMask.outside(List.of(all, mask(0, 4))).isEmpty());
        RegionMask outside = RegionMask.outside(List.of(mask(0, 4), mask(2, 8)));
        assertFalse(outside.isIn(new Window(0, 0, 1, 8)));
        assertTrue(outside.isIn(new Window(0, 8, 1, 1)));
    }

    @Test
    void greyBelowTheMiddleIsBlack() {
        assertTrue(RegionMask.of(new byte[] {127}, 1, 2, 10).isEmpty());
        assertFalse(RegionMask.of(new byte[] {(byte) 128}, 1, 2, 10).isEmpty());
    }

    @Test
    void randomNumbersDependOnSeedAndPositionAlone() {
        assertEquals(PositionalRandom.bits(7, 1, 2, 3), PositionalRandom.bits(7, 1, 2, 3));
        long[] different = {
            PositionalRandom.bits(7, 1, 2, 3),
            PositionalRandom.bits(8, 1, 2, 3),
            PositionalRandom.bits(7, 2, 1, 3),
            PositionalRandom.bits(7, 1, 2)
        };
        assertEquals(4, Arrays.stream(different).distinct().count());
        int[] counts = new int[4];
        for (int i = 0; i < 4000; i++) {
            counts[PositionalRandom.below(4, 7, i)]++;
        }
        for (int count : counts) {
            assertEquals(1000, count, 100);
        }
    }
}
