package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.studio.resolve.InitPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitPictureFilesTest {

    private static final int WHITE = 0xFFFFFF;
    private static final int RED = 0xFF0000;

    private final AtelierStudio studio = new TestStudio().studio();

    @TempDir
    private Path root;

    private ImageFile image(String name, int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, colour);
        }
        Path file = root.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return ImageFile.of(file.toString());
    }

    @Test
    void givesEachImageItsPictureAndMask() throws IOException {
        ImageFile red = image("red.png", RED);
        ImageFile white = image("white.png", WHITE);
        SetRequest request = SetRequest.builder()
                .prompts("a house", "a fish", "a boat")
                .width(32)
                .height(16)
                .references(new ReferenceFile(red.file(), "red", 1, null))
                .initImages(red, white, red)
                .masks(white)
                .denoise(0.5)
                .steps(9)
                .build();
        try (ResolvedSet opened = studio.open(request)) {
            InitPictures pictures = new InitPictures(((StudioSet) opened).set());
            InitPicture second = pictures.of(1).orElseThrow();

            assertEquals(5, second.step());
            assertEquals(32, second.picture().get().getWidth());
            assertEquals(16, second.picture().get().getHeight());
            assertEquals(WHITE, second.picture().get().getRGB(3, 3) & WHITE);
            assertEquals(RED, pictures.of(2).orElseThrow().picture().get().getRGB(3, 3) & WHITE);
            assertEquals((byte) 255, second.mask().get().levels()[40]);
            assertSame(
                    pictures.of(0).orElseThrow().picture(),
                    pictures.of(2).orElseThrow().picture(),
                    "images of one picture share its encoding");
        }
    }
}
