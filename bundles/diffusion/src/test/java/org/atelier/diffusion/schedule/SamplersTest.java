package org.atelier.diffusion.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {

    private static final Map<String, Object> USUAL = Map.of(
            "_class_name",
            "EulerDiscreteScheduler",
            "beta_start",
            0.00085,
            "beta_end",
            0.012,
            "beta_schedule",
            "scaled_linear",
            "clip_sample",
            false,
            "set_alpha_to_one",
            false,
            "timestep_spacing",
            "leading",
            "steps_offset",
            1);

    @TempDir
    Path folder;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static List<String> names() {
        return Samplers.names();
    }

    /** The stock schedule of SDXL with some of it changed. */
    private NoiseSchedule schedule(Map<String, Object> changes) throws IOException {
        Map<String, Object> settings = new HashMap<>(USUAL);
        settings.putAll(changes);
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, new Gson().toJson(settings));
        return NoiseSchedule.from(Settings.read(file));
    }

    private NoiseSchedule schedule() throws IOException {
        return schedule(Map.of());
    }

    private static NDArray predicted(NDArray latents) {
        return latents.mul(0.9).tanh();
    }

    private NDArray noise(long images) {
        return manager.randomNormal(new Shape(images, 4, 3, 5));
    }

    private static NDArray walked(Sampler sampler, NDManager memory, NDArray noise) {
        Sampler.Trajectory trajectory = sampler.start(memory);
        NDArray latents = noise.mul(sampler.initialScale());
        for (int step = 0; step < sampler.steps(); step++) {
            latents = trajectory
                    .step(step, latents, predicted(sampler.scale(latents, step)))
                    .latents();
        }
        return latents;
    }

    @ParameterizedTest
    @MethodSource("names")
    void imagesOfABatchGoTheirOwnWays(String name) throws IOException {
        Sampler sampler = Samplers.create(name, schedule(), 5);
        NDArray noise = noise(3);
        NDArray together = walked(sampler, manager, noise);
        NDList alone = new NDList();
        for (int image = 0; image < 3; image++) {
            alone.add(walked(sampler, manager, noise.get(image + ":" + (image + 1))));
        }
        assertArrayEquals(NDArrays.concat(alone).toFloatArray(), together.toFloatArray(), 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void noiseEndsAtTheCleanLatentsOfAUNetThatKnowsThem(String name) throws IOException {
        NoiseSchedule schedule = schedule(Map.of("prediction_type", "sample", "set_alpha_to_one", true));
        Sampler sampler = Samplers.create(name, schedule, 20);
        NDArray clean = noise(1);
        Sampler.Trajectory trajectory = sampler.start(manager);
        NDArray latents = noise(1).mul(sampler.initialScale());
        for (int step = 0; step < sampler.steps(); step++) {
            Sampler.Step taken = trajectory.step(step, latents, clean);
            assertArrayEquals(clean.toFloatArray(), taken.original().toFloatArray(), 0);
            latents = taken.latents();
        }
        assertArrayEquals(clean.toFloatArray(), latents.toFloatArray(), 1e-5f);
    }

    @ParameterizedTest
    @CsvSource({"ddim, 0", "euler, 0", "dpm++2m, 1", "unipc, 3"})
    void aStepLeavesItsResultsAndWhatItRemembers(String name, int remembered) throws IOException {
        Sampler sampler = Samplers.create(name, schedule(), 12);
        try (NDManager memory = manager.newSubManager();
                NDManager scope = manager.newSubManager()) {
            Sampler.Trajectory trajectory = sampler.start(memory);
            NDArray latents = scope.randomNormal(new Shape(1, 4, 3, 5)).mul(sampler.initialScale());
            for (int step = 0; step < sampler.steps(); step++) {
                try (NDManager perStep = manager.newSubManager()) {
                    NDArray before = latents.duplicate();
                    before.attach(perStep);
                    NDArray prediction = predicted(before);
                    int arrays = perStep.getManagedArrays().size();
                    Sampler.Step taken = trajectory.step(step, before, prediction);
                    assertEquals(arrays + 2, perStep.getManagedArrays().size(), "at step " + step);
                    assertTrue(memory.getManagedArrays().size() <= remembered, "at step " + step);
                    taken.latents().attach(scope);
                    latents.close();
                    latents = taken.latents();
                }
                boolean warm = step >= 1 && step < sampler.steps() - 1;
                if (warm) {
                    assertEquals(remembered, memory.getManagedArrays().size(), "at step " + step);
                }
            }
            assertEquals(0, memory.getManagedArrays().size(), "after the last step");
        }
    }

    @Test
    void aSolverWithoutMemoryBeginsInFirstOrderAlsoOnTheWay() throws IOException {
        NDArray latents = noise(1);
        NDArray prediction = predicted(latents);
        NDArray dpm = Samplers.create("dpm++2m", schedule(), 8)
                .start(manager)
                .step(4, latents, prediction)
                .latents();
        NDArray uniPc = Samplers.create("unipc", schedule(), 8)
                .start(manager)
                .step(4, latents, prediction)
                .latents();
        assertArrayEquals(dpm.toFloatArray(), uniPc.toFloatArray(), 0);
        // 8 steps of a solver of the second order: 889, 778, 667, 556, 445, 334, ... of strides of 111
        NoiseLevel from = NoiseLevel.ofAlphaBar(schedule().alphaBar(445));
        NoiseLevel to = NoiseLevel.ofAlphaBar(schedule().alphaBar(334));
        NDArray original = latents.sub(prediction.mul(from.sigma())).div(from.alpha());
        NDArray ddim = original.mul(to.alpha()).add(prediction.mul(to.sigma()));
        assertArrayEquals(ddim.toFloatArray(), dpm.toFloatArray(), 1e-6f);
    }

    @Test
    void namesTheKnownSamplersWhereOneIsUnknown() throws IOException {
        NoiseSchedule schedule = schedule();
        AtelierException e = assertThrows(AtelierException.class, () -> Samplers.create("plms", schedule, 10));
        assertEquals(Code.INVALID_REQUEST, e.code());
        assertEquals("There is no sampler 'plms': choose one of ddim, euler, dpm++2m, unipc.", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1000, Integer.MAX_VALUE})
    void refusesANumberOfStepsOutOfRange(int steps) throws IOException {
        NoiseSchedule schedule = schedule();
        for (String name : Samplers.names()) {
            AtelierException e = assertThrows(AtelierException.class, () -> Samplers.create(name, schedule, steps));
            assertEquals(Code.INVALID_REQUEST, e.code());
            assertEquals("The number of steps is " + steps + ": ask for 1 to 999.", e.getMessage());
        }
    }

    @Test
    void refusesTimestepsThatTheModelDoesNotKnow() throws IOException {
        NoiseSchedule usual = schedule();
        assertFails(
                Code.INVALID_REQUEST,
                "999 steps would be at timesteps 1000 to 2, and the model knows 999 to 0",
                () -> Samplers.create("unipc", usual, 999));
        NoiseSchedule shifted = schedule(Map.of("steps_offset", -5));
        assertFails(
                Code.INVALID_REQUEST,
                "10 steps would be at timesteps 895 to -5",
                () -> Samplers.create("ddim", shifted, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "ddim, thresholding, true",
        "euler, use_exponential_sigmas, true",
        "euler, interpolation_type, log_linear",
        "euler, timestep_type, continuous",
        "euler, final_sigmas_type, one",
        "dpm++2m, thresholding, true",
        "dpm++2m, use_lu_lambdas, true",
        "dpm++2m, lambda_min_clipped, -5.1",
        "unipc, predict_x0, false",
        "unipc, lower_order_final, false",
        "unipc, use_beta_sigmas, true"
    })
    void refusesByNameWhatASamplerCannotDo(String name, String key, String value) throws IOException {
        NoiseSchedule schedule = schedule(Map.of(key, JsonParser.parseString(value)));
        assertFails(Code.MODEL_INVALID, key, () -> Samplers.create(name, schedule, 10));
    }

    @ParameterizedTest
    @CsvSource({"euler, thresholding, true", "ddim, use_lu_lambdas, true", "dpm++2m, solver_order, 3"})
    void leavesAloneWhatConcernsOtherSamplersOrIsInTheName(String name, String key, String value) throws IOException {
        NDArray noise = noise(1);
        NDArray usual = walked(Samplers.create(name, schedule(), 6), manager, noise);
        NoiseSchedule schedule = schedule(Map.of(key, JsonParser.parseString(value)));
        NDArray changed = walked(Samplers.create(name, schedule, 6), manager, noise);
        assertArrayEquals(usual.toFloatArray(), changed.toFloatArray(), 0);
    }

    @Test
    void refusesLevelsThatAreNone() throws IOException {
        NoiseSchedule schedule = schedule(Map.of("use_karras_sigmas", true, "sigma_min", -1));
        for (String name : List.of("euler", "dpm++2m", "unipc")) {
            assertFails(Code.MODEL_INVALID, "sigma_min", () -> Samplers.create(name, schedule, 10));
        }
    }

    @Test
    void refusesToTellNoiseFromNothing() throws IOException {
        Map<String, Object> zeroSnr = Map.of("rescale_betas_zero_snr", true, "timestep_spacing", "trailing");
        NoiseSchedule schedule = schedule(zeroSnr);
        assertFails(Code.MODEL_INVALID, "rescale_betas_zero_snr", () -> Samplers.create("ddim", schedule, 10));
    }

    @Test
    void clipsWhereTheModelAsksForIt() throws IOException {
        NoiseSchedule schedule = schedule(Map.of("clip_sample", true, "clip_sample_range", 0.5));
        NDArray latents = noise(1).mul(4);
        Sampler.Step step = Samplers.create("ddim", schedule, 10).start(manager).step(9, latents, latents.mul(0));
        float largest = step.original().abs().max().getFloat();
        assertEquals(0.5f, largest);
    }

    private static void assertFails(Code code, String part, Executable executable) {
        AtelierException e = assertThrows(AtelierException.class, executable);
        assertEquals(code, e.code());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
