package org.atelier.metric.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MeasuringListener;
import org.junit.jupiter.api.Test;

class SlicedWassersteinTest {

    private static final MeasuringListener PATIENT = new MeasuringListener() {};

    private final SlicedWasserstein alongTheAxes =
            SlicedWasserstein.along(new ByteArrayInputStream("1,0\n0,1\n".getBytes(StandardCharsets.UTF_8)));

    @Test
    void isTheMeanShiftOverDirectionsWhateverTheOrderOfPoints() {
        double[][] cloud = {{0, 1, 2}, {5, 6, 7}};
        double[][] shifted = {{4, 2, 3}, {11, 9, 10}};

        double[][] distances = alongTheAxes.between(List.of(cloud, shifted, cloud), PATIENT);

        assertEquals((2 + 4) / 2.0, distances[0][1], 1e-12);
        assertEquals(distances[0][1], distances[1][0]);
        assertEquals(0, distances[0][2]);
    }

    @Test
    void comparesSamplesOfDifferentSizesByTheirQuantiles() {
        double[] thirds = {0, 3, 6};
        double[] halves = {1, 5};

        // Quantiles to 1/3: |0-1|, to 1/2: |3-1|, to 2/3: |3-5|, to 1: |6-5|.
        assertEquals(1 / 3.0 + 2 / 6.0 + 2 / 6.0 + 1 / 3.0, SlicedWasserstein.distance(thirds, halves), 1e-12);
        assertEquals(0, SlicedWasserstein.distance(new double[] {1, 5}, new double[] {1, 1, 5, 5}), 1e-12);
    }

    @Test
    void endsWhenToldTo() {
        MeasuringListener impatient = new MeasuringListener() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };

        AtelierException fault = assertThrows(
                AtelierException.class, () -> alongTheAxes.between(List.<double[][]>of(new double[2][1]), impatient));

        assertEquals(AtelierException.Code.CANCELLED, fault.code());
    }
}
