package org.example.mylightness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.List;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.junit.jupiter.api.Test;

class MyLightnessMetricTest {

    private static final MeasuringListener NOBODY = new MeasuringListener() {};

    /** Medians 10, 40 and 100: distances of pairs 30, 90 and 60; to the first image 30 and 90. */
    @Test
    void measuresTheDifferenceInLightness() {
        List<Measurement> measurements = measured(0.5, image(10, 200), image(40, 50), image(100, 255));

        assertEquals(60, measurements.get(0).value());
        assertEquals(3, measurements.get(0).parts().size());
        assertEquals(60, measurements.get(1).value());
        assertEquals(List.of(2), measurements.get(1).parts().get(1).images());
    }

    @Test
    void comparesTheConfiguredQuantile() {
        assertEquals(5, measured(1, image(10, 200), image(40, 205)).get(0).value());
    }

    private static List<Measurement> measured(double quantile, MeasuredImage... images) {
        return new MyLightnessMetric(quantile).measure(MeasuredSet.of(List.of(images)), NOBODY);
    }

    /** Two columns of one grey and one column of another. */
    private static MeasuredImage image(int most, int least) {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 6; i++) {
            image.setRGB(i % 3, i / 3, 0x010101 * (i % 3 < 2 ? most : least));
        }
        return MeasuredImage.of(image, "a grey");
    }
}
