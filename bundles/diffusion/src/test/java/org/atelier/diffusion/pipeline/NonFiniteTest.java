package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generation ends where NaN or infinity arises, with an error that names the place and the likely cause. */
class NonFiniteTest {

    private static final int STEPS = 4;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private final List<Integer> steps = new ArrayList<>();

    private static GenerationSpec generation(Sampler sampler, double cfgScale, GivenReferences references) {
        return new GenerationSpec(
                ImageSpec.each(List.of("a fish", "a cup"), 8, 32, 32),
                null,
                sampler,
                STEPS,
                cfgScale,
                2,
                StyleWindow.ALL_STEPS,
                references);
    }

    private AtelierException fault(GenerationSpec generation) {
        GenerationListener listener = new GenerationListener() {
            @Override
            public void denoisingAdvanced(int done, int total) {
                steps.add(done);
            }
        };
        return assertThrows(AtelierException.class, () -> LOADED.pipeline()
                .generate(generation, Strategies.everything(), listener)
                .close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "ddim with noise", "euler", "dpm++2m", "unipc"})
    void blamesALargeGuidanceScale(String sampler) {
        AtelierException fault = fault(generation(TestSamplers.named(sampler), 1e38, null));

        assertEquals(Code.INVALID_REQUEST, fault.code(), fault.getMessage());
        assertTrue(
                fault.getMessage()
                        .matches(
                                "The latents of prompt \\d contain NaN or infinity after step \\d of 4: a guidance scale of"
                                        + " 1.0E38 is too large; use a smaller --cfg-scale, such as 5\\."),
                fault.getMessage());
    }

    @Test
    void blamesALargeGuidanceScaleOfTheInversion() {
        AtelierException fault = fault(generation(
                TestSamplers.named("ddim"), 5, references(Double.POSITIVE_INFINITY, images -> Optional.empty())));

        assertEquals(Code.INVALID_REQUEST, fault.code(), fault.getMessage());
        assertTrue(
                fault.getMessage()
                        .startsWith("The latents of reference 1 contain NaN or infinity after inversion step "),
                fault.getMessage());
        assertTrue(fault.getMessage().contains("--inversion-cfg"), fault.getMessage());
        assertEquals(List.of(), steps);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void blamesABlend(float spoiled) {
        StyleBlend blend = images -> Optional.of(images.get(0).latents().mul(0).add(spoiled));

        AtelierException fault = fault(generation(TestSamplers.named("ddim"), 5, references(2, blend)));

        assertEquals(Code.PLUGIN_FAILED, fault.code());
        assertEquals(
                "The blend of the references contains NaN or infinity; use another --blend, such as slerp.",
                fault.getMessage());
    }

    /** Ends at the step itself: the first step of both images is finite. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void blamesASampler(float spoiled) {
        Sampler sampler = (schedule, count) ->
                new SpoilingSolver(TestSamplers.named("euler").solver(schedule, count), 1, spoiled);

        AtelierException fault = fault(generation(sampler, 5, null));

        assertEquals(Code.PLUGIN_FAILED, fault.code());
        assertEquals(
                "The latents of prompt 1 contain NaN or infinity after step 2 of 4: the sampler computed them from a finite"
                        + " prediction; use another --sampler.",
                fault.getMessage());
        assertEquals(2, steps.get(steps.size() - 1), "two images took the first step");
    }

    private static ReferenceImages references(double cfgScale, StyleBlend blend) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        return new ReferenceImages(
                List.of(new ReferenceImage(image, "a house", .5), new ReferenceImage(image, "a boat", .5)),
                blend,
                STEPS,
                cfgScale,
                0);
    }

    /** A solver that spoils the latents of one step. */
    private record SpoilingSolver(Solver solver, int spoiledStep, float value) implements Solver {

        @Override
        public int steps() {
            return solver.steps();
        }

        @Override
        public double timestep(int step) {
            return solver.timestep(step);
        }

        @Override
        public NoiseLevel level(int step) {
            return solver.level(step);
        }

        @Override
        public double initialScale() {
            return solver.initialScale();
        }

        @Override
        public StepResult step(StepInput input) {
            StepResult result = solver.step(input);
            if (input.step() != spoiledStep) {
                return result;
            }
            NDArray spoiled = result.latents().add(value);
            return new StepResult(spoiled, result.original());
        }
    }
}
