package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.safetensors.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References that apply to single images: each image equals that of a set of only itself and its references. */
class OwnReferencesTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final int STEPS = 3;
    private static final List<Double> TIMESTEPS = List.of(667.0, 334.0, 1.0);
    private static final List<ImageSpec> IMAGES =
            ImageSpec.each(List.of("a red fish", "a house", "a rocket", "a castle"), 3, 32, 48);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /** A trajectory of random latents. */
    private static ReferenceTrajectory trajectory(int seed, Role role, double weight, Integer... images) {
        float[] noise = LOADED.model()
                .kernels
                .noise(LOADED.model().manager, seed, STEPS + 1, 4, 24, 16)
                .toFloatArray();
        FloatTensor latents = new FloatTensor(List.of(STEPS + 1L, 4L, 24L, 16L), FloatBuffer.wrap(noise));
        return new ReferenceTrajectory("an image", new ReferenceUse(role, weight, Set.of(images)), latents);
    }

    private static GeneratedLatents generated(
            List<ImageSpec> images, int chunk, AttentionStrategy strategy, ReferenceTrajectory... references) {
        GenerationSpec generation = new GenerationSpec(
                images,
                "watercolor",
                TestSamplers.named("ddim"),
                STEPS,
                5,
                chunk,
                StyleWindow.ALL_STEPS,
                new ReferenceTrajectories(List.of(references), TIMESTEPS));
        return LOADED.pipeline().generate(generation, strategy, new GenerationListener() {});
    }

    private static void assertSameAsAlone(
            GeneratedLatents set, int image, AttentionStrategy strategy, ReferenceTrajectory... references) {
        try (GeneratedLatents alone = generated(List.of(IMAGES.get(image)), 1, strategy, references)) {
            assertEquals(0, TinyModel.distance(set.latents(image), alone.latents(0)), BOUND, "image " + image);
        }
    }

    private static double distance(GeneratedLatents set, int image, GeneratedLatents other) {
        NDArray latents = set.latents(image);
        return TinyModel.distance(latents, other.latents(image));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void everyImageUsesItsOwnContent(int chunk) {
        AttentionStrategy strategy = Strategies.injected(new JsonObject());
        ReferenceTrajectory style = trajectory(1, Role.STYLE, 1);
        ReferenceTrajectory first = trajectory(2, Role.CONTENT, 1, 0);
        ReferenceTrajectory others = trajectory(3, Role.CONTENT, 1, 1, 3);
        try (GeneratedLatents set = generated(IMAGES, chunk, strategy, first, style, others);
                GeneratedLatents withoutContent = generated(IMAGES, chunk, strategy, style)) {
            assertSameAsAlone(set, 0, strategy, style, trajectory(2, Role.CONTENT, 1));
            assertSameAsAlone(set, 1, strategy, style, trajectory(3, Role.CONTENT, 1));
            assertSameAsAlone(set, 2, strategy, style);
            assertSameAsAlone(set, 3, strategy, style, trajectory(3, Role.CONTENT, 1));
            assertTrue(distance(set, 0, withoutContent) > 0.1, "the content has no effect");
        }
    }

    /** With shared group norms, whose moments are those of the styles of an image, or its own without any. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void everyImageUsesItsOwnStyles(int chunk) {
        AttentionStrategy strategy = Strategies.everything();
        try (GeneratedLatents set = generated(
                        IMAGES,
                        chunk,
                        strategy,
                        trajectory(1, Role.STYLE, .25, 0, 3),
                        trajectory(2, Role.STYLE, .75, 0, 3),
                        trajectory(4, Role.STYLE, 1, 1));
                GeneratedLatents unaligned =
                        generated(IMAGES, chunk, Strategies.unaligned(), trajectory(1, Role.STYLE, 1))) {
            ReferenceTrajectory[] both = {trajectory(1, Role.STYLE, .25), trajectory(2, Role.STYLE, .75)};
            assertSameAsAlone(set, 0, strategy, both);
            assertSameAsAlone(set, 1, strategy, trajectory(4, Role.STYLE, 1));
            assertSameAsAlone(set, 3, strategy, both);
            assertEquals(0, distance(set, 2, unaligned), BOUND, "an image without a style is unaligned");
            assertTrue(distance(set, 1, unaligned) > 0.1, "the style has no effect");
        }
    }

    /** Plain attention that records its calls. */
    private static final class CallRecorder implements AttentionStrategy {
        private final List<AttentionCall> calls = new ArrayList<>();

        @Override
        public Attention at(AttentionLayer layer) {
            return call -> {
                calls.add(call);
                return Attention.plain().attend(call);
            };
        }
    }

    @Test
    void aCallHasImagesWithTheSameReferencesAtOneStepAndHalf() {
        CallRecorder recorder = new CallRecorder();
        generated(
                        IMAGES,
                        4,
                        recorder,
                        trajectory(1, Role.STYLE, 1),
                        trajectory(2, Role.CONTENT, 1, 1),
                        trajectory(3, Role.CONTENT, 1, 2, 3))
                .close();

        assertEquals(
                "[[0] 1 [], [1] 1 [[1]], [2, 3] 1 [[2, 3]]]",
                recorder.calls.stream()
                        .map(call -> call.images() + " " + call.styles().size() + " "
                                + call.content().stream()
                                        .map(content -> new TreeSet<>(content.images()))
                                        .toList())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString());
        // Twelve blocks with a self-attention and a cross-attention, three groups of images, two halves, three steps.
        assertEquals(24 * 3 * 2 * STEPS, recorder.calls.size());
        assertEquals(
                List.of(Kind.SELF, Kind.SELF, Kind.SELF, Kind.SELF, Kind.SELF, Kind.SELF, Kind.CROSS),
                recorder.calls.subList(0, 7).stream()
                        .map(call -> call.layer().kind())
                        .toList());
        assertEquals(
                List.of(GuidanceHalf.UNCONDITIONAL, GuidanceHalf.CONDITIONAL),
                recorder.calls.stream().map(AttentionCall::half).distinct().toList());
        List<DenoisingStep> steps =
                recorder.calls.stream().map(AttentionCall::step).distinct().toList();
        assertEquals(List.of(0, 1, 2), steps.stream().map(DenoisingStep::index).toList());
        for (DenoisingStep step : steps) {
            double alphaBar = 1 / (step.sigma() * step.sigma() + 1);
            assertEquals(STEPS, step.count());
            assertTrue(step.timestep() < 1000 && alphaBar > 0 && alphaBar < 1);
        }
        assertTrue(steps.get(0).sigma() > steps.get(1).sigma()
                && steps.get(1).sigma() > steps.get(2).sigma());
    }
}
