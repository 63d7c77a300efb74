package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.files.Sha256;
import org.atelier.pictures.EmbeddedMetadata;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.AtelierStudio;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitImageResolverTest {

    private static final int WHITE = 0xFFFFFF;

    private final AtelierStudio studio = new TestStudio().studio();

    @TempDir
    private Path root;

    private ImageFile red;
    private ImageFile white;

    @BeforeEach
    void writeImages() throws IOException {
        red = image("red.png", 0xFF0000);
        white = image("white.png", WHITE);
    }

    private ImageFile image(String name, int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, colour);
        }
        Path file = root.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return ImageFile.of(file.toString());
    }

    private static SetRequestBuilder three() {
        return SetRequest.builder().prompts("a house", "a fish", "a boat").seed(5L);
    }

    @Test
    void resolvesDenoiseAndHashes() {
        SetRequest resolved = studio.resolve(three().initImages(red).build());

        assertEquals(0.6, resolved.initImages().denoise());
        ImageFile image = resolved.initImages().images().get(0);
        assertEquals(red.file(), image.file());
        assertEquals(64, image.sha256().length());
        assertEquals(resolved, studio.resolve(resolved));
        assertEquals(
                1.0,
                studio.resolve(three().initImages(red).masks(white).build())
                        .initImages()
                        .denoise());
        assertEquals(
                0.3,
                studio.resolve(three().initImages(red).denoise(0.3).build())
                        .initImages()
                        .denoise());
    }

    @Test
    void writesFieldsThatItReads() {
        SetRequest resolved = studio.resolve(
                three().initImages(red).masks(white, red, white).maskBlur(3).build());

        RequestFiles format = new RequestFiles(kind -> false, TestStudio.cards(), StrengthPresets.NONE);
        assertEquals(resolved, format.readBack(format.write(resolved)));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("A mask needs the picture that it masks; give --init-image.", set -> set.initImages()),
                fault(
                        "There are 2 --mask for 3 images; give one for all, or one for each.",
                        set -> set.masks(twice(set.build().initImages().masks()))),
                fault(
                        "There are 2 --init-image for 3 images; give one for all, or one for each.",
                        set -> set.initImages(twice(set.build().initImages().images()))),
                fault("The denoise must be above 0 and at most 1, not 0.0.", set -> set.denoise(0.0)),
                fault("The denoise must be above 0 and at most 1, not NaN.", set -> set.denoise(Double.NaN)),
                fault("The denoise must be above 0 and at most 1, not 1.5.", set -> set.denoise(1.5)),
                fault(
                        "A denoise of 0.1 leaves none of the 9 steps; give a larger --denoise or more --steps.",
                        set -> set.denoise(0.1).steps(9)),
                fault("The mask-blur must be from 0 to 256 pixels, not -1.", set -> set.maskBlur(-1)),
                fault("The mask-blur must be from 0 to 256 pixels, not 257.", set -> set.maskBlur(257)));
    }

    private static Arguments fault(String message, UnaryOperator<SetRequestBuilder> change) {
        return Arguments.of(message, change);
    }

    private static List<ImageFile> twice(List<ImageFile> one) {
        List<ImageFile> two = new ArrayList<>(one);
        two.addAll(one);
        return two;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesEveryFault(String message, UnaryOperator<SetRequestBuilder> change) {
        SetRequest request = change.apply(three().initImages(red).masks(white)).build();

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(request));

        assertEquals(message, fault.getMessage());
    }

    @Test
    void refusesAnImageThatChanged() throws IOException {
        SetRequest resolved =
                studio.resolve(three().initImages(red).masks(white).build());
        Files.copy(Path.of(red.file()), Path.of(white.file()), StandardCopyOption.REPLACE_EXISTING);

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(resolved));

        assertEquals(
                white.file()
                        + " has changed since the request was resolved; restore the old image, or give the new one with --mask.",
                fault.getMessage());
    }

    @Test
    void refusesAFileThatIsNoImage() throws IOException {
        Path text = Files.writeString(root.resolve("sketch.png"), "no image");

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.resolve(
                        three().initImages(ImageFile.of(text.toString())).build()));

        assertEquals(text + ": not a PNG, JPEG or WebP image.", fault.getMessage());
    }

    @Test
    void notesValuesWithoutEffect() {
        try (ResolvedSet set = studio.open(three().denoise(0.5).maskBlur(2).build())) {
            assertTrue(set.unusedValues().contains("The set has no init image, so denoise has no effect."));
            assertTrue(set.unusedValues().contains("The set has no mask, so mask-blur has no effect."));
        }
    }

    @Test
    void notesAMaskThatRepaintsNothing() throws IOException {
        List<String> notes = new ArrayList<>();
        for (ImageFile mask : List.of(image("grey.png", 0x7F7F7F), white)) {
            studio.generate(
                    three().initImages(red).masks(mask).build(),
                    root.resolve(Path.of(mask.file()).getFileName() + "-set"),
                    new SetListener() {
                        @Override
                        public void noted(String sentence) {
                            notes.add(sentence);
                        }
                    });
        }

        assertEquals(
                List.of(
                        "grey.png has no white, so nothing is repainted; paint the part white that is to be repainted."),
                notes.stream().filter(note -> note.contains("repainted")).toList());
    }

    @Test
    void aStyleCardCannotHoldAPicture() {
        SetRequest request = three().initImages(red).build();

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.generate(
                        request, new SetOutput(root.resolve("set"), root.resolve("style.card")), new SetListener() {}));

        assertEquals(
                "A style card contains no init image, so its reference cannot start from one; give the picture as --reference, or omit the style card.",
                fault.getMessage());
    }

    @Test
    void recordsTheDenoiseInTheImages() throws IOException {
        List<String> notes = new ArrayList<>();
        GeneratedSet set = studio.generate(three().initImages(red).build(), root.resolve("set"), new SetListener() {
            @Override
            public void noted(String sentence) {
                notes.add(sentence);
            }
        });

        String parameters =
                EmbeddedMetadata.read(set.images().get(0).file()).texts().get(ImageMetadata.PARAMETERS);
        assertTrue(parameters.contains("Denoising strength: 0.6"), parameters);
        assertTrue(notes.contains("The images start from red.png with denoise 0.6: 30 of 50 steps."), notes.toString());
        assertTrue(
                notes.stream().anyMatch(note -> note.startsWith("red.png has 20x10 pixels and is resized to")),
                notes.toString());
        String sha256 = set.request().initImages().images().get(0).sha256();
        assertEquals(Sha256.of(Path.of(red.file())), sha256);
    }
}
