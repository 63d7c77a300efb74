package org.atelier.metric.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CieLabTest {

    /** The published values of sRGB's primaries. */
    @ParameterizedTest
    @CsvSource({
        "ffffff, 100, 0, 0",
        "000000, 0, 0, 0",
        "ff0000, 53.24, 80.09, 67.20",
        "00ff00, 87.73, -86.18, 83.18",
        "0000ff, 32.30, 79.19, -107.86"
    })
    void knowsThePrimaries(String colour, double lightness, double a, double b) {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, Integer.parseInt(colour, 16));

        double[][] planes = CieLab.of(image).planes();

        assertEquals(lightness, planes[0][0], .01);
        assertEquals(a, planes[1][0], .01);
        assertEquals(b, planes[2][0], .01);
    }

    @Test
    void goesRowByRow() {
        BufferedImage image = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 2, 0xffffff);

        CieLab colours = CieLab.of(image);

        assertEquals(2, colours.width());
        assertEquals(3, colours.height());
        assertEquals(100, colours.planes()[0][5], .01);
        assertEquals(0, colours.planes()[0][4], .01);
    }
}
