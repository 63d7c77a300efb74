package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.files.Sha256;
import org.atelier.plugins.FakePlugins;
import org.atelier.plugins.PluginKind;
import org.atelier.studio.input.FileReads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** A set is generated from the bytes that it was resolved with and records them, even if its files change meanwhile. */
class ResolvedSetTest {

    private static final int RED = 0xffff0000;
    private static final int BLUE = 0xff0000ff;
    private static final SetListener SILENT = new SetListener() {};

    private final TestStudio fakes = new TestStudio();
    private final AtelierStudio studio = fakes.studio();
    private final List<Reader> readers = new ArrayList<>();

    @TempDir
    private Path root;

    private Path image;
    private Path notes;

    @BeforeEach
    void writeInputs() throws IOException {
        image = Files.write(root.resolve("wall.png"), png(RED));
        notes = Files.writeString(root.resolve("notes.wav"), "calm mood");
        fakes.plugins.bind(PluginKind.CONTEXT, readers(false), FakePlugins.reading("speech", 7));
        fakes.plugins.bind(PluginKind.CONTEXT, readers(true), FakePlugins.reading("picture", 8));
    }

    /** Reads a text, or the colour of an image, in both check and read. */
    private final class Reader implements ContextSource {

        private final boolean ofImages;
        private boolean ended;

        Reader(boolean ofImages) {
            this.ofImages = ofImages;
            readers.add(this);
        }

        @Override
        public void check(String input) {
            text(input);
        }

        @Override
        public ContextText read(String input, ReadingListener listener) {
            return new ContextText(text(input), "reader", null, List.of());
        }

        private String text(String input) {
            try {
                Path file = Path.of(input);
                if (ofImages) {
                    return colour(ImageIO.read(file.toFile()).getRGB(0, 0));
                }
                String text = Files.readString(file);
                if (text.isBlank()) {
                    throw new AtelierException(Code.INPUT_UNREADABLE, input + ": says nothing.");
                }
                return text;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ComponentFactory<ContextSource> readers(boolean ofImages) {
        return properties -> new ComponentInstance<>() {
            private final Reader reader = new Reader(ofImages);

            @Override
            public void dispose() {
                reader.ended = true;
            }

            @Override
            public ContextSource getInstance() {
                return reader;
            }
        };
    }

    private static String colour(int pixel) {
        return pixel == RED ? "red" : "blue";
    }

    private static byte[] png(int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, colour);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static SetRequestBuilder request() {
        return SetRequest.builder().prompts("a house", "a fish", "a cat").seed(5L);
    }

    private SetRequestBuilder withReference(String prompt) {
        return request().references(new ReferenceFile(image.toString(), prompt, 1, null));
    }

    private GeneratedSet generate(ResolvedSet set) {
        return set.generate(SetOutput.to(root.resolve("set")), SILENT);
    }

    @Test
    void generatesFromTheReferenceWhoseHashItRecords() throws IOException {
        String first = Sha256.of(image);
        try (ResolvedSet set = studio.open(withReference("a wall").build())) {
            Files.write(image, png(BLUE));

            GeneratedSet generated = generate(set);

            assertEquals(first, generated.request().references().images().get(0).sha256());
            assertTrue(Files.readString(generated.record()).contains(first));
        }
        assertEquals(List.of(RED), fakes.generator.seen);
    }

    @Test
    void captionsTheReferenceThatItRecords() throws IOException {
        try (ResolvedSet set = studio.open(withReference("").build())) {
            Files.write(image, png(BLUE));

            assertEquals(
                    "red", generate(set).request().references().images().get(0).effectivePrompt());
        }
    }

    @Test
    void followsTheControlImageWhoseHashItRecords() throws IOException {
        String first = Sha256.of(image);
        SetRequest request =
                request().controls(ControlInput.of("canny", image.toString())).build();
        try (ResolvedSet set = studio.open(request)) {
            Files.write(image, png(BLUE));

            assertEquals(
                    first, generate(set).request().controls().images().get(0).sha256());
        }
        assertEquals(List.of(RED, RED), fakes.generator.seen);
    }

    @Test
    void followsTheStyleCardWhoseHashItRecords() throws IOException {
        FirstSet first = new FirstSet(root);
        first.saved(FirstSet.IMAGED);
        String sha256 = Sha256.of(first.card());
        try (ResolvedSet set =
                first.studio.open(first.newRequest().prompts("a ship").build())) {
            Files.writeString(first.card(), "no card");

            assertEquals(sha256, generate(set).request().card().sha256());
        }
    }

    @Test
    void readsTheContextThatItChecked() throws IOException {
        SetRequest request =
                request().contexts(ContextInput.of("speech", notes.toString())).build();
        try (ResolvedSet set = studio.open(request)) {
            Files.writeString(notes, "wild mood");

            ContextInput read = generate(set).request().contexts().inputs().get(0);

            assertEquals("calm mood", read.resolved().text());
            assertEquals(notes.toString(), read.input());
        }
    }

    @Test
    void readsEveryInputFileOnce() throws Exception {
        Path reference = Files.write(root.resolve("reference.png"), png(RED));
        Path control = Files.write(root.resolve("control.png"), png(BLUE));
        Path context = Files.writeString(root.resolve("context.wav"), "calm mood");
        SetRequest request = request()
                .references(new ReferenceFile(reference.toString(), "", 1, null))
                .controls(ControlInput.of("canny", control.toString()))
                .contexts(ContextInput.of("speech", context.toString()))
                .build();

        try (FileReads reads = new FileReads()) {
            GeneratedSet set = studio.generate(request, root.resolve("set"), SILENT);

            assertEquals("red", set.request().references().images().get(0).effectivePrompt());
            assertEquals(List.of(RED, BLUE, BLUE, BLUE), fakes.generator.seen);
            assertEquals("a house, calm mood", set.request().styledPrompt(0));
            assertEquals(
                    List.of(1.0, 1.0, 1.0),
                    List.of(reads.times(reference), reads.times(control), reads.times(context)));
        }
    }

    @Test
    void readsAStyleCardOnce() throws Exception {
        FirstSet first = new FirstSet(root);
        first.saved(FirstSet.IMAGED);
        SetRequest request = first.newRequest().prompts("a ship").build();
        try (FileReads reads = new FileReads()) {
            GeneratedSet set = first.studio.generate(request, root.resolve("set"), SILENT);

            assertEquals(request.card(), set.request().card());
            assertEquals(1, reads.times(first.card()));
        }
    }

    @Test
    void refusesAReferenceThatWasReplacedAfterItWasClosed() throws IOException {
        SetRequest resolved = studio.resolve(withReference("a wall").build());
        Files.write(image, png(BLUE));

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.open(resolved));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertEquals(
                image
                        + " has changed since the request was resolved; restore the old image, or give the new one with"
                        + " --reference.",
                fault.getMessage());
    }

    @Test
    void refusesAContextFileThatWasReplacedAfterItWasClosed() throws IOException {
        SetRequest resolved = studio.resolve(
                request().contexts(ContextInput.of("speech", notes.toString())).build());
        assertEquals(64, resolved.contexts().inputs().get(0).sha256().length());
        assertEquals(resolved, studio.resolve(resolved));
        Files.writeString(notes, "another day");

        AtelierException fault = assertThrows(AtelierException.class, () -> studio.open(resolved));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertEquals(
                notes
                        + " has changed since the request was resolved; restore the old file, or give the new one with"
                        + " --speech.",
                fault.getMessage());
    }

    @Test
    void namesTheOriginalFileInErrorsOfPlugins() throws IOException {
        Files.writeString(notes, " ");

        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.describe(
                        SetRequest.builder()
                                .contexts(List.of(ContextInput.of("speech", notes.toString())))
                                .build(),
                        SILENT));

        assertEquals(notes + ": says nothing.", fault.getMessage());
    }

    @Test
    void readsWithTheInstanceThatCheckedAndDisposesItBeforeNetworksAreLoaded() {
        SetRequest request = request()
                .contexts(ContextInput.of("speech", notes.toString()), ContextInput.of("speech", notes.toString()))
                .build();
        List<Boolean> endedWhenGenerating = new ArrayList<>();
        SetListener listener = new SetListener() {
            @Override
            public void started(SetRequest resolved) {
                readers.forEach(reader -> endedWhenGenerating.add(reader.ended));
            }
        };

        studio.generate(request, root.resolve("set"), listener);

        assertEquals(List.of(true), endedWhenGenerating);
    }

    /** Closes the set twice: explicitly and by try-with-resources. */
    @Test
    @SuppressWarnings("try")
    void releasesEverythingWhenClosed() throws IOException {
        SetRequest request = withReference("")
                .contexts(ContextInput.of("speech", notes.toString()))
                .build();
        List<Path> before = copies();

        try (ResolvedSet set = studio.open(request)) {
            assertEquals(before.size() + 1, copies().size());
            assertEquals(1, fakes.plugins.started.size() - fakes.plugins.disposed.size());
            assertTrue(readers.stream().noneMatch(reader -> reader.ended));
            set.close();
        }

        assertEquals(before, copies());
        assertEquals(fakes.plugins.started.size(), fakes.plugins.disposed.size());
        assertTrue(readers.stream().allMatch(reader -> reader.ended));
    }

    @Test
    void releasesEverythingIfTheRequestIsRefused() throws IOException {
        List<Path> before = copies();

        assertThrows(
                AtelierException.class,
                () -> studio.open(withReference("").chunk(0).build()));

        assertEquals(before, copies());
        assertTrue(readers.stream().allMatch(reader -> reader.ended));
    }

    private static List<Path> copies() throws IOException {
        if (!Files.exists(TestStudio.INPUTS)) {
            return List.of();
        }
        try (Stream<Path> sets = Files.list(TestStudio.INPUTS)) {
            return sets.sorted().toList();
        }
    }
}
