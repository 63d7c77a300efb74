package org.atelier.api.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.atelier.api.metric.Measurement.Direction;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    /** The mean over all pairs of n images is (n + 1) / 3. */
    private static final Comparison APART = (one, other) -> Math.abs(one - other);

    @Test
    void listsEachPair() {
        Measurement found = pairs(4);

        assertEquals(5 / 3., found.value(), 1e-12);
        assertEquals(6, found.count());
        assertEquals(List.of(0, 2), found.parts().get(1).images());
        assertEquals(Math.sqrt(2 / 3.), found.deviation(), 1e-12);
    }

    /** |i - j| has the variance (n + 1)(n - 2) / 18, here over n (n - 1) / 2 pairs. */
    @Test
    void ofThousandsOfImagesKeepsNoPairs() {
        int images = 2000;
        Measurement found = pairs(images);

        long count = images * (images - 1L) / 2;
        double variance = (images + 1.) * (images - 2) / 18 * count / (count - 1);
        assertEquals((images + 1) / 3., found.value(), 1e-9);
        assertEquals(Math.sqrt(variance), found.deviation(), 1e-9);
        assertEquals(count, found.count());
        assertEquals(List.of(), found.parts());
    }

    @Test
    void hasNoMorePartsThanItCounts() {
        List<Measurement.Part> parts = List.of(new Measurement.Part(List.of(0), 1));

        assertThrows(
                IllegalArgumentException.class,
                () -> new Measurement("pairs", "Pairs", Direction.LOWER_IS_CLOSER, 1, null, 0, parts));
    }

    private static Measurement pairs(int images) {
        MeasuredImage image = MeasuredImage.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "");
        return Measurement.ofPairs(
                        "Pairs", Direction.LOWER_IS_CLOSER, MeasuredSet.of(Collections.nCopies(images, image)), APART)
                .orElseThrow();
    }
}
