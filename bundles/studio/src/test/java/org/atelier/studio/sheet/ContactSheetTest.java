package org.atelier.studio.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactSheetTest {

    private final CaptionRenderer renderer = CaptionRenderer.ofThisMachine();

    @Test
    void showsImagesInOrderOnWhite() {
        ContactSheet sheet = new ContactSheet(2);
        sheet.add(filled(128, 128, Color.RED), "a red house");
        sheet.add(filled(128, 128, Color.BLUE), "a blue house");

        BufferedImage generated = sheet.generate(renderer);

        assertEquals(Color.WHITE.getRGB(), generated.getRGB(0, 0));
        assertEquals(Color.WHITE.getRGB(), generated.getRGB(generated.getWidth() - 1, generated.getHeight() - 1));
        assertEquals(Color.RED.getRGB(), generated.getRGB(generated.getWidth() / 4, 150));
        assertEquals(Color.BLUE.getRGB(), generated.getRGB(generated.getWidth() * 3 / 4, 150));
    }

    @Test
    void drawsCaptionsBelowImagesIfThereAreFonts() {
        assumeTrue(renderer.hasFonts(), "no fonts on this machine");
        ContactSheet sheet = new ContactSheet(1);
        sheet.add(filled(128, 128, Color.RED), "a red house");

        BufferedImage generated = sheet.generate(renderer);

        assertTrue(
                nonWhitePixels(generated, 28 + 256 + 1) > 50,
                "no caption below the image, which is shown twice as large");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "4,4", "5,5", "6,3", "7,4", "8,4", "9,3", "10,5", "12,4", "20,5", "60,10", "100,10"})
    void arrangesAnyNumber(int images, int columns) {
        assertEquals(columns, ContactSheet.columns(images));
    }

    @Test
    void showsLargeImagesReduced() {
        ContactSheet sheet = new ContactSheet(1);
        sheet.add(filled(1024, 512, Color.RED), "");

        BufferedImage generated = sheet.generate(renderer);

        assertEquals(384 + 2 * 28, generated.getWidth());
        assertEquals(Color.RED.getRGB(), generated.getRGB(generated.getWidth() / 2, 28 + 191));
        assertEquals(Color.WHITE.getRGB(), generated.getRGB(generated.getWidth() / 2, 28 + 192));
    }

    @Test
    void showsThousandsOfImagesOnASheetThatCanBeOpened() {
        ContactSheet sheet = new ContactSheet(2000);
        BufferedImage image = filled(512, 512, Color.RED);
        for (int i = 0; i < 2000; i++) {
            sheet.add(image, "a house");
        }

        BufferedImage generated = sheet.generate(renderer);

        assertTrue(generated.getWidth() < 5000 && generated.getHeight() < 5000, generated.toString());
    }

    @Test
    void breaksCaptionsBetweenWordsAndEndsThemWithAnEllipsis() {
        assertEquals(List.of("a house"), lines("a  house\n"));
        assertEquals(List.of("a house", "on a hill"), lines("a house on a hill"));
        assertEquals(List.of("a house", "on a hil…"), lines("a house on a hill in the snow"));
        assertEquals(List.of("donaudamp", "fschiff"), lines("donaudampfschiff"));
        assertEquals(List.of(), lines(" "));
    }

    private static List<String> lines(String caption) {
        return CaptionLines.of(caption, 2, text -> text.length() <= 9);
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static long nonWhitePixels(BufferedImage image, int fromRow) {
        long nonWhitePixels = 0;
        for (int y = fromRow; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                nonWhitePixels += image.getRGB(x, y) == Color.WHITE.getRGB() ? 0 : 1;
            }
        }
        return nonWhitePixels;
    }
}
