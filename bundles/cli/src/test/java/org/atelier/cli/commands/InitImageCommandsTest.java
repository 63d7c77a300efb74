package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InitImages;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;

class InitImageCommandsTest {

    private static final InitImages RESOLVED = new InitImages(
            List.of(new ImageFile("/a.png", "ab".repeat(32))), 0.4, List.of(ImageFile.of("/mask.png")), 2);

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a cat", "a fish")
            .initImages(RESOLVED.images())
            .denoise(RESOLVED.denoise())
            .masks(RESOLVED.masks())
            .maskBlur(RESOLVED.maskBlur())
            .build();

    private final CommandLineOnFakes line = new CommandLineOnFakes(REQUEST);

    @Test
    void startsImagesFromPictures() {
        int code = line.run(
                "generate",
                "a castle",
                "a boat",
                "--init-image",
                "sketch.png",
                "--init-image",
                "/boat.png",
                "--denoise",
                "0.3",
                "--mask",
                "door.png",
                "--mask-blur",
                "4");

        assertEquals(0, code, line.err());
        assertEquals(
                new InitImages(
                        List.of(ImageFile.of("/home/user/sketch.png"), ImageFile.of("/boat.png")),
                        0.3,
                        List.of(ImageFile.of("/home/user/door.png")),
                        4),
                line.studio.request.initImages());
    }

    @Test
    void startsFromNoiseByDefault() {
        line.run("generate", "a castle");

        assertEquals(InitImages.DEFAULT, line.studio.request.initImages());
    }

    @Test
    void changesThePicturesOfARequest() {
        line.run("generate", "--request", "set.json", "--denoise", "0.9");

        assertEquals(new InitImages(RESOLVED.images(), 0.9, RESOLVED.masks(), 2), line.studio.request.initImages());
    }
}
