package org.atelier.studio.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.region.Region;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.files.Sha256;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.AtelierStudio;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegionResolverTest {

    private final AtelierStudio studio = new TestStudio().studio();

    @TempDir
    private Path root;

    @BeforeEach
    void drawMasks() throws IOException {
        mask("left.png", 128, 128, 64);
        mask("wide.png", 200, 100, 200);
        mask("black.png", 128, 128, 0);
        // One column of pixels, which stands for the first column of latents.
        mask("sliver.png", 128, 128, 1);
        Files.writeString(root.resolve("text.png"), "no image");
    }

    /** A mask whose first columns are white. */
    private void mask(String name, int width, int height, int white) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, i % width < white ? 255 : 0);
        }
        ImageIO.write(image, "png", root.resolve(name).toFile());
    }

    private Region region(Integer image, String prompt, String mask) {
        return new Region(image, prompt, root.resolve(mask).toString(), null);
    }

    private static SetRequestBuilder two() {
        return SetRequest.builder().prompts("a house", "a meadow").seed(5L);
    }

    private String faultsOf(SetRequestBuilder request) {
        return assertThrows(AtelierException.class, () -> studio.resolve(request.build()))
                .getMessage();
    }

    @Test
    void resolvesFilesAndHashes() throws IOException {
        SetRequest resolved =
                studio.resolve(two().regions(region(null, "a boat", "left.png"), region(1, "a cat", "sliver.png"))
                        .build());

        Region region = resolved.regions().list().get(0);
        assertEquals(root.resolve("left.png").toString(), region.mask());
        assertEquals(Sha256.of(root.resolve("left.png")), region.sha256());
        assertEquals(0.4, resolved.regions().bootstrapping());
        assertEquals(resolved, studio.resolve(resolved));
        RequestFiles format = new RequestFiles(kind -> false, TestStudio.cards(), StrengthPresets.NONE);
        assertEquals(resolved, format.readBack(format.write(resolved)));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "Region 1 has no prompt; say what it shows.",
                        (test, set) -> set.regions(test.region(1, " ", "left.png"))),
                fault(
                        "ROOT/absent.png: no such file.",
                        (test, set) -> set.regions(test.region(1, "a boat", "absent.png"))),
                fault(
                        "ROOT/text.png: not a PNG, JPEG or WebP image.",
                        (test, set) -> set.regions(test.region(1, "a boat", "text.png"))),
                fault(
                        "ROOT/black.png: The mask selects nothing of image 1: no pixel that stands for a latent has a grey level of 128 or more; draw the region in white.",
                        (test, set) -> set.regions(test.region(1, "a boat", "black.png"))),
                fault(
                        "Region 1 is in image 2, but the images with prompts are 0 to 1.",
                        (test, set) -> set.regions(test.region(2, "a boat", "left.png"))),
                fault(
                        "Region 2 is in image -1, but the images with prompts are 0 to 1.",
                        (test, set) -> set.regions(
                                test.region(null, "a boat", "left.png"), test.region(-1, "a cat", "left.png"))),
                fault(
                        "Image 0 is the style reference of the others, so it has no regions; give them to another image, or choose another attention.",
                        (test, set) -> set.regions(test.region(0, "a boat", "left.png"))),
                fault(
                        "The region_bootstrapping must be from 0 to 1, not 1.5.",
                        (test, set) -> set.regionBootstrapping(1.5)),
                fault(
                        "The region_bootstrapping must be from 0 to 1, not NaN.",
                        (test, set) -> set.regionBootstrapping(Double.NaN)),
                fault(
                        "A set has at most 1000 regions, not 1001.",
                        (test, set) -> set.regions(Collections.nCopies(1001, test.region(1, "a boat", "left.png")))),
                fault(
                        "The prompt of region 1 has an unpaired surrogate, which is not valid Unicode; write the character itself.",
                        (test, set) -> set.regions(test.region(1, "a boat \ud800", "left.png"))),
                fault(
                        "The prompt of region 1 together with the style and the texts of the contexts is longer than 10000 characters.",
                        (test, set) -> set.regions(test.region(1, "x".repeat(10_001), "left.png"))));
    }

    private static Arguments fault(
            String message, BiFunction<RegionResolverTest, SetRequestBuilder, SetRequestBuilder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesEveryFaultInOneLine(
            String message, BiFunction<RegionResolverTest, SetRequestBuilder, SetRequestBuilder> change) {
        assertEquals(message.replace("ROOT", root.toString()), faultsOf(change.apply(this, two())));
    }

    @Test
    void listsSeveralFaults() {
        String faults = faultsOf(two().regions(region(1, "", "left.png"), region(1, "a boat", "absent.png")));

        assertEquals(2, faults.lines().count(), faults);
    }

    @Test
    void imageZeroMayHaveRegionsIfItIsNotTheReference() {
        Region first = region(0, "a boat", "left.png");

        studio.resolve(two().attention("none").regions(first).build());
        studio.resolve(
                SetRequest.builder().prompts("a meadow").seed(5L).regions(first).build());
    }

    @Test
    void imagesAreCountedAsInTheirFileNames() {
        SetRequestBuilder one = SetRequest.builder()
                .prompts("a meadow")
                .seed(5L)
                .references(new ReferenceFile(root.resolve("left.png").toString(), "a tile", 1, null));

        studio.resolve(one.regions(region(1, "a boat", "left.png")).build());
        assertEquals(
                "Region 1 is in image 0, but the only image with a prompt is 1.",
                faultsOf(one.regions(region(0, "a boat", "left.png"))));
    }

    @Test
    void refusesAMaskThatChanged() throws IOException {
        SetRequest resolved =
                studio.resolve(two().regions(region(1, "a boat", "left.png")).build());
        Files.copy(root.resolve("wide.png"), root.resolve("left.png"), StandardCopyOption.REPLACE_EXISTING);

        assertEquals(
                root.resolve("left.png")
                        + " has changed since the request was resolved; restore the old image, or give the new one with regions.",
                faultsOf(resolved.toBuilder()));
    }

    @Test
    void notesValuesWithoutEffectAndMasksOfAnotherShape() {
        try (ResolvedSet set = studio.open(two().regionBootstrapping(0.2).build())) {
            assertTrue(
                    set.unusedValues().contains("The set has no regions, so region_bootstrapping has no effect."),
                    set.unusedValues().toString());
        }
        List<String> notes = new ArrayList<>();
        GeneratedSet set = studio.generate(
                two().regions(region(null, "a boat", "wide.png"), region(1, "a cat", "left.png"))
                        .build(),
                root.resolve("set"),
                new SetListener() {
                    @Override
                    public void noted(String sentence) {
                        notes.add(sentence);
                    }
                });

        assertEquals(
                List.of(
                        "wide.png has 200x100 pixels and is resized to 128x128, which changes its aspect ratio; draw the mask in the size of the image."),
                notes.stream().filter(note -> note.contains("pixels")).toList());
        assertEquals(2, set.request().regions().list().size());
    }
}
