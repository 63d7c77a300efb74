package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
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

class ControlResolverTest {

    private static final int RED = 0xffff0000;
    private static final int BLUE = 0xff0000ff;

    private final AtelierStudio studio = new TestStudio().studio();

    @TempDir
    private Path root;

    private Path red;
    private Path blue;

    @BeforeEach
    void writeImages() throws IOException {
        red = image("red.png", RED);
        blue = image("blue.png", BLUE);
    }

    private Path image(String name, int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 20; x++) {
                image.setRGB(x, y, colour);
            }
        }
        Path file = root.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static SetRequestBuilder three() {
        return SetRequest.builder().prompts("a house", "a fish", "a boat").seed(5L);
    }

    private static ControlInput canny(Path file) {
        return ControlInput.of("canny", file.toString());
    }

    private String fault(SetRequestBuilder request) {
        return assertThrows(AtelierException.class, () -> studio.resolve(request.build()))
                .getMessage();
    }

    private static List<String> controlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("control-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void resolvesFileHashOptionsAndModel() {
        SetRequest resolved = studio.resolve(three().controls(canny(red)).build());

        ControlInput control = resolved.controls().images().get(0);
        assertEquals(red.toString(), control.file());
        assertEquals(64, control.sha256().length());
        assertEquals("sketchbook-canny", control.model());
        assertEquals(Map.of("adain-queries", true, "score-scale", 1.0), control.options());
        assertEquals(resolved, studio.resolve(resolved));
    }

    @Test
    void namesANetworkGivenAsAFolderByItsPath() {
        ControlInput control = new ControlInput(
                "depth", red.toString(), null, Map.of(), FakeControls.SKETCHBOOK_CANNY.toString(), 0.5, 0.2, 0.8);

        ControlInput resolved = studio.resolve(three().controls(control).build())
                .controls()
                .images()
                .get(0);

        assertEquals(FakeControls.SKETCHBOOK_CANNY.toAbsolutePath().normalize().toString(), resolved.model());
        assertEquals(0.5, resolved.scale());
    }

    @Test
    void writesThePreprocessedImageToTheSet() throws IOException {
        GeneratedSet set =
                studio.generate(three().controls(canny(red)).build(), root.resolve("set"), new SetListener() {});

        assertEquals(List.of("control-canny.png"), controlFiles(set.folder()));
        Path file = set.folder().resolve("control-canny.png");
        BufferedImage seen = ImageIO.read(file.toFile());
        assertEquals(List.of(128, 128, RED), List.of(seen.getWidth(), seen.getHeight(), seen.getRGB(64, 64)));
        JsonObject entry = JsonParser.parseString(Files.readString(set.record()))
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(3)
                .getAsJsonObject();
        assertEquals("canny", entry.get("control").getAsString());
        assertEquals("[1,2]", entry.get("applies_to").toString());
        assertEquals(Sha256.of(Files.readAllBytes(file)), entry.get("sha256").getAsString());
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(set.record()));
    }

    @Test
    void returnsThePreprocessedImagesAndTheirFollowers() throws IOException {
        GeneratedSet set = studio.generate(
                three().controls(canny(red), canny(blue)).build(), root.resolve("set"), new SetListener() {});

        assertEquals(
                List.of("control-canny-001.png [1]", "control-canny-002.png [2]"),
                set.controls().stream()
                        .map(control -> control.file().getFileName() + " " + control.appliesTo())
                        .toList());
        for (ControlImage control : set.controls()) {
            assertEquals(Sha256.of(Files.readAllBytes(control.file())), control.sha256());
        }
    }

    @Test
    void returnsTheSameControlsForACompleteSet() {
        GeneratedSet set =
                studio.generate(three().controls(canny(red)).build(), root.resolve("set"), new SetListener() {});

        assertEquals(set, studio.resume(root.resolve("set"), new SetListener() {}));
    }

    @Test
    void recordsAFingerprintOfEveryNetwork() throws IOException {
        Path other = Files.createDirectory(root.resolve("net"));
        for (String file : List.of("config.json", "diffusion_pytorch_model.safetensors")) {
            Files.copy(FakeControls.SKETCHBOOK_CANNY.resolve(file), other.resolve(file));
        }
        ControlInput depth = new ControlInput("depth", blue.toString(), null, Map.of(), other.toString(), 0.5, 0, 1);

        JsonObject before = fingerprints("before", depth);
        assertEquals(Set.of("sketchbook-canny", other.toString()), before.keySet());
        assertTrue(before.get(other.toString()).getAsString().matches("[0-9a-f]{64}"));
        assertEquals(before, fingerprints("same", depth));

        Files.writeString(other.resolve("config.json"), "\n", StandardOpenOption.APPEND);
        JsonObject after = fingerprints("after", depth);
        assertNotEquals(before.get(other.toString()), after.get(other.toString()));
        assertEquals(before.get("sketchbook-canny"), after.get("sketchbook-canny"));
    }

    private JsonObject fingerprints(String folder, ControlInput depth) throws IOException {
        GeneratedSet set = studio.generate(
                three().controls(canny(red), depth).build(), root.resolve(folder), new SetListener() {});
        return JsonParser.parseString(Files.readString(set.record()))
                .getAsJsonObject()
                .getAsJsonObject("control_fingerprints");
    }

    @Test
    void preprocessesAsInASet() throws IOException {
        GeneratedSet set =
                studio.generate(three().controls(canny(red)).build(), root.resolve("set"), new SetListener() {});
        Path out = root.resolve("edges.png");

        studio.preprocess("sketchbook", canny(red), 128, 128, out);

        assertArrayEquals(Files.readAllBytes(set.folder().resolve("control-canny.png")), Files.readAllBytes(out));
        AtelierException again = assertThrows(
                AtelierException.class, () -> studio.preprocess("sketchbook", canny(red), null, null, out));
        assertEquals(Code.OUTPUT_UNWRITABLE, again.code());
    }

    @Test
    void preprocessesInTheImagesOwnSize() throws IOException {
        Path out = root.resolve("edges.png");

        studio.preprocess("sketchbook", canny(red), null, null, out);

        BufferedImage written = ImageIO.read(out.toFile());
        assertEquals(List.of(20, 10), List.of(written.getWidth(), written.getHeight()));
    }

    @Test
    void appliesOneControlToEachImage() throws IOException {
        GeneratedSet set = studio.generate(
                three().controls(canny(red), canny(blue)).build(), root.resolve("set"), new SetListener() {});

        assertEquals(List.of("control-canny-001.png", "control-canny-002.png"), controlFiles(set.folder()));
        assertEquals(
                BLUE,
                ImageIO.read(set.folder().resolve("control-canny-002.png").toFile())
                        .getRGB(0, 0));
    }

    @Test
    void preparesEverySizeThatIsGenerated() throws IOException {
        SetRequest request = three().items(List.of(
                        SetItem.of("a house"), SetItem.of("a fish"), new SetItem("a boat", null, 64, 96, Map.of())))
                .controls(canny(red))
                .controlRules(new ControlRules(false, true, "own"))
                .build();

        GeneratedSet set = studio.generate(request, root.resolve("set"), new SetListener() {});

        assertEquals(List.of("control-canny-000.png", "control-canny-002.png"), controlFiles(set.folder()));
        BufferedImage tall =
                ImageIO.read(set.folder().resolve("control-canny-002.png").toFile());
        assertEquals(List.of(64, 96), List.of(tall.getWidth(), tall.getHeight()));
    }

    @Test
    void controlsEveryPromptIfReferencesAreGiven() {
        ReferenceFile reference = new ReferenceFile(red.toString(), "a tile", 1, null);

        studio.resolve(three().references(reference)
                .controls(canny(red), canny(blue), canny(red))
                .build());

        assertEquals(
                "There are 2 --control canny for 3 controlled images; give one for all, or one for each.",
                fault(three().references(reference).controls(canny(red), canny(blue))));
    }

    @Test
    void refusesCountsThatFitNeitherAllNorEach() {
        assertEquals(
                "There are 3 --control canny for 2 controlled images; give one for all, or one for each except the first,"
                        + " which is controlled only with --control-reference.",
                fault(three().controls(canny(red), canny(blue), canny(red))));
        assertEquals(
                "The control applies to no image, since the only image is the reference; give more prompts, a --reference,"
                        + " or --control-reference.",
                fault(three().prompts("a house").controls(canny(red))));
    }

    @Test
    void namesEveryFaultOfAControl() throws IOException {
        Path text = Files.writeString(root.resolve("note.png"), "no image");
        ControlInput wrong =
                new ControlInput("canny", text.toString(), null, Map.of("shine", 1L), "nowhere", 11, 0.5, 0.5);

        assertEquals("""
                Control canny=note.png: The control-scale must be from 0 to 10, not 11.0.
                Control canny=note.png: The control range must go from a fraction of the steps to a larger one, both from 0 to 1, not from 0.5 to 0.5.
                Control canny=note.png: The control 'canny' has no option 'shine'; \
                it has adain-queries (true or false, default true), score-scale (a number, default 1.0).
                Control canny=note.png: There is no model "nowhere" here: fetch it.
                Control canny=note.png: %s: not a PNG, JPEG or WebP image.""".formatted(text), fault(three().controls(wrong)));
    }

    @Test
    void refusesUnknownKindsAndControlPrompts() {
        assertEquals(
                """
                There is no control prompt 'all'; available: own, negative.
                Control smell=red.png: There is no control 'smell'; available: canny, depth.
                Control depth=red.png: There is no default ControlNet for 'depth' with the model sketchbook; \
                give one with --control-model.""",
                fault(three().controls(
                                ControlInput.of("smell", red.toString()), ControlInput.of("depth", red.toString()))
                        .controlRules(new ControlRules(false, false, "all"))));
    }

    @Test
    void refusesAnImageThatHasChanged() throws IOException {
        SetRequest resolved = studio.resolve(three().controls(canny(red)).build());
        Files.copy(blue, red, StandardCopyOption.REPLACE_EXISTING);

        assertEquals(
                "Control canny=red.png: " + red
                        + " has changed since the request was resolved; restore the old image, or give the new one with --control.",
                fault(resolved.toBuilder()));
    }

    @Test
    void writesNoControlsToAStyleCard() {
        Path card = root.resolve("hand.style");
        SetRequest controlled = three().controls(canny(red)).build();

        studio.generate(controlled, new SetOutput(root.resolve("set"), card), new SetListener() {});

        assertEquals(
                List.of(), TestStudio.cards().read(card).request().controls().images());
        SetRequest controlledReference = controlled.toBuilder()
                .controlRules(new ControlRules(false, true, "own"))
                .build();
        SetOutput other = new SetOutput(root.resolve("other"), root.resolve("other.style"));
        AtelierException refused = assertThrows(
                AtelierException.class, () -> studio.generate(controlledReference, other, new SetListener() {}));
        assertEquals(
                "A style card contains no control, so none may apply to its reference; omit --control-reference or the"
                        + " style card.",
                refused.getMessage());
    }

    @Test
    void reservesMemoryForAControlNet() {
        SetRequest generated = studio.resolve(three().build());
        SetRequest controlled = studio.resolve(three().controls(canny(red)).build());
        long tight = 500_000_000;

        assertEquals(3, new AutomaticChunk(tight).of(generated, 0));
        assertEquals(2, new AutomaticChunk(tight).of(controlled, 200_000_000));
    }
}
