package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.Progress.Phase;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.models.source.ModelFolder;
import org.atelier.plugins.FakePlugins;
import org.atelier.studio.resolve.FakeLibrary;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.SetResources;
import org.junit.jupiter.api.Test;

/** Generates with the embedded model itself, in few steps. */
class DiffusionImageGeneratorTest {

    private static final ModelConfiguration MODEL = ModelConfiguration.of(ModelFolder.open(FakeLibrary.SKETCHBOOK));
    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a fish, stained glass, " + "red ".repeat(40), "a cat")
            .seed(1L)
            .cfgScale(5)
            .steps(3)
            .sampler("unipc")
            .width(64)
            .height(32)
            .chunk(2)
            .dtype("float32")
            .device("cpu")
            .build();

    private final DiffusionImageGenerator generator = new DiffusionImageGenerator();
    private final List<BufferedImage> reconstructions = new ArrayList<>();
    private final List<BufferedImage> images = new ArrayList<>();

    /** Counts, and ends the set at a step. */
    private static final class Witness implements SetListener {
        private final List<Progress> progress = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<BufferedImage> previews = new ArrayList<>();
        private int endsAt = Integer.MAX_VALUE;

        @Override
        public void progressed(Progress made) {
            progress.add(made);
        }

        @Override
        public void previewed(Preview preview) {
            if (preview.image() == 2) {
                previews.add(preview.decoder().get());
            }
        }

        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public boolean cancelled() {
            return progress.stream().anyMatch(made -> made.phase() == Phase.GENERATING && made.done() >= endsAt);
        }
    }

    @Test
    void generatesEachImageAndReportsProgress() {
        Witness witness = new Witness();

        generate(witness);

        assertEquals(3, images.size());
        assertEquals(64, images.get(0).getWidth());
        assertEquals(32, images.get(0).getHeight());
        assertEquals(new Progress(Phase.LOADING_MODEL, 3, 3), last(witness, Phase.LOADING_MODEL));
        assertEquals(new Progress(Phase.ENCODING_PROMPTS, 3, 3), last(witness, Phase.ENCODING_PROMPTS));
        assertEquals(new Progress(Phase.GENERATING, 9, 9), last(witness, Phase.GENERATING));
        assertEquals(3, witness.previews.size());
        assertTrue(
                witness.notes.size() == 1
                        && witness.notes.get(0).startsWith("Prompt 2 exceeds the token limit of the model"),
                witness.notes.toString());
    }

    @Test
    void invertsAReferenceAndCountsItAsImageZero() {
        Witness witness = new Witness();
        Path tile = Path.of("src/test/resources/pictures/rgb.png");

        generate(
                REQUEST.toBuilder()
                        .prompts("a house", "a cat")
                        .references(new ReferenceFile(tile.toString(), "a tile", 1, null))
                        .inversionSteps(4)
                        .inversionCfg(2.0)
                        .inversionOffset(0)
                        .build(),
                witness);

        assertEquals(1, reconstructions.size());
        assertEquals(64, reconstructions.get(0).getWidth());
        assertEquals(2, images.size());
        assertEquals(new Progress(Phase.INVERTING, 4, 4), last(witness, Phase.INVERTING));
        assertEquals(new Progress(Phase.GENERATING, 6, 6), last(witness, Phase.GENERATING));
        // The previews are of image 2, the second prompt's.
        assertEquals(3, witness.previews.size());
    }

    @Test
    void endsBetweenTwoPassesWhenCancelled() {
        Witness witness = new Witness();
        witness.endsAt = 1;

        AtelierException fault = assertThrows(AtelierException.class, () -> generate(witness));

        assertEquals(AtelierException.Code.CANCELLED, fault.code());
        assertEquals(1, last(witness, Phase.GENERATING).done());
        assertEquals(List.of(), images);
    }

    private void generate(Witness witness) {
        generate(REQUEST, witness);
    }

    private void generate(SetRequest request, Witness witness) {
        FakePlugins plugins = new TestStudio().withRealSampler().plugins;
        SetResources resources = new SetResources(plugins.registries(), TestStudio.INPUTS);
        try (OpenedSet set = new OpenedSet(request, MODEL, Optional.empty(), resources)) {
            generator.generate(set, RunImages.all(request), Checkpoint.none(), witness, sink(request));
        }
    }

    private ImageSink sink(SetRequest request) {
        return new ImageSink() {
            @Override
            public void trajectories(ReferenceTrajectories references) {
                assertEquals(List.of(), reconstructions, "trajectories come first");
                assertEquals(
                        request.references().images().size(),
                        references.trajectories().size());
            }

            @Override
            public void reconstruction(Supplier<BufferedImage> image, int index, int count) {
                assertEquals(reconstructions.size(), index);
                reconstructions.add(image.get());
            }

            @Override
            public void image(Supplier<BufferedImage> image, int prompt) {
                assertEquals(images.size(), prompt);
                images.add(image.get());
            }
        };
    }

    private static Progress last(Witness witness, Phase phase) {
        return witness.progress.stream()
                .filter(made -> made.phase() == phase)
                .reduce((before, after) -> after)
                .orElseThrow();
    }
}
