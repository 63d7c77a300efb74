package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Faults;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.Inversion;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.source.ModelSource;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRecommendationTest {

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void copyModel() throws IOException {
        model = folder.resolve("toy");
        try (Stream<Path> files = Files.walk(FakeLibrary.SKETCHBOOK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target =
                        model.resolve(FakeLibrary.SKETCHBOOK.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** The sampler of the hint is "euler", whose options the fake does not have. */
    @Test
    void resolvesWhatADistilledModelRecommends() throws IOException {
        recommend("{\"sampler\": \"euler\", \"steps\": 3, \"cfg_scale\": 1, \"inversion_method\": \"noise\"}");

        SetRequest resolved = resolve(withReference());
        SetRequest own =
                resolve(withReference().sampler("ddim").steps(7).cfgScale(2).inversionMethod(InversionMethod.DDIM));

        assertEquals("euler", resolved.sampling().sampler());
        assertEquals(3, resolved.sampling().steps());
        assertEquals(1, resolved.sampling().cfgScale());
        assertEquals(new Inversion(InversionMethod.NOISE, 3, null, 0), resolved.inversion());
        assertEquals(resolved, resolve(resolved.toBuilder()));
        assertEquals("ddim", own.sampling().sampler());
        assertEquals(7, own.sampling().steps());
        assertEquals(2, own.sampling().cfgScale());
        assertEquals(new Inversion(InversionMethod.DDIM, 7, 2.0, 0), own.inversion());
    }

    @Test
    void opensTheModelOnce() throws IOException {
        recommend("{\"steps\": 3}");
        CountingLibrary library = new CountingLibrary();

        assertEquals(3, resolve(withReference(), library).sampling().steps());
        assertEquals(1, library.opened);
    }

    /** A single file has no scheduler of its own. */
    @Test
    void resolvesWhatTheConfigurationOfASingleFileRecommends() throws IOException {
        recommend("{\"sampler\": \"euler\", \"steps\": 3}");
        ModelLibrary files = new CountingLibrary() {
            @Override
            public ModelSource find(String name, ModelOptions options) {
                return super.find(options.config(), ModelOptions.DEFAULT);
            }
        };

        SetRequest resolved = resolve(
                SetRequest.builder().prompts("a house").model("toy.safetensors").modelConfig(model.toString()), files);

        assertEquals("euler", resolved.sampling().sampler());
        assertEquals(3, resolved.sampling().steps());
    }

    @Test
    void aModelThatCannotBeOpenedRecommendsNothing() {
        Faults faults = new Faults();
        SetRequest resolved = ModelRecommendation.apply(
                SetRequest.builder().prompts("a house").model("nowhere").build(),
                () -> {
                    throw new AtelierException(Code.MODEL_NOT_FOUND, "There is no model nowhere.");
                },
                faults);

        assertTrue(faults.isEmpty());

        assertEquals("ddim", resolved.sampling().sampler());
        assertEquals(50, resolved.sampling().steps());
    }

    @Test
    void reportsABrokenRecommendation() throws IOException {
        recommend("{\"steps\": \"three\"}");

        AtelierException fault = assertThrows(AtelierException.class, () -> resolve(withReference()));

        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        assertTrue(fault.getMessage().startsWith(folder.resolve("toy.json") + ": "), fault.getMessage());
    }

    @Test
    void reportsABrokenSchedulerOnce() throws IOException {
        Path scheduler = model.resolve("scheduler/scheduler_config.json");
        Files.writeString(scheduler, "{");

        AtelierException fault = assertThrows(AtelierException.class, () -> resolve(withReference()));

        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        assertTrue(fault.getMessage().contains(scheduler.toString()), fault.getMessage());
    }

    /** Counts how often a model is opened. */
    private static class CountingLibrary implements ModelLibrary {

        private final FakeLibrary library = new FakeLibrary();
        private int opened;

        @Override
        public ModelSource find(String name, ModelOptions options) {
            opened++;
            return library.find(name, options);
        }

        @Override
        public Path lora(String name) {
            return library.lora(name);
        }
    }

    private void recommend(String settings) throws IOException {
        Files.writeString(folder.resolve("toy.json"), settings);
    }

    private SetRequestBuilder withReference() {
        return SetRequest.builder()
                .prompts("a cat")
                .model(model.toString())
                .references(List.of(new ReferenceFile(TILE.toString(), "a tile", 1, null)));
    }

    private static SetRequest resolve(SetRequestBuilder request) {
        return resolve(request, new FakeLibrary());
    }

    private static SetRequest resolve(SetRequestBuilder request, ModelLibrary library) {
        TestStudio fakes = new TestStudio();
        RequestResolver resolver = new RequestResolver(
                library,
                fakes.plugins.registries(),
                fakes.contexts.resolver(),
                fakes.controls.resolver(),
                new FixedDevices("cpu", 0),
                new AutomaticChunk(16L << 30),
                () -> 4711);
        try (OpenedSet set = resolver.open(request.build(), TestStudio.INPUTS)) {
            return set.request();
        }
    }
}
