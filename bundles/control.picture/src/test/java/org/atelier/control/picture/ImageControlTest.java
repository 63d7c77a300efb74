package org.atelier.control.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ImageControlTest {

    private final ImageControl control = new ImageControl();

    @Test
    void aImageOfTheRightSizeIsLeftAsItIs() {
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        assertSame(image, control.prepare(image, 6, 4));
    }

    @Test
    void anotherIsBroughtToSizeAndKeepsItsColours() {
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24; i++) {
            image.setRGB(i % 6, i / 6, 0x204080);
        }
        BufferedImage prepared = control.prepare(image, 16, 24);
        assertEquals(16, prepared.getWidth());
        assertEquals(24, prepared.getHeight());
        assertEquals(0x204080, prepared.getRGB(9, 17) & 0xFFFFFF);
    }
}
