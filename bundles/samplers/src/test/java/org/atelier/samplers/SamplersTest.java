package org.atelier.samplers;

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
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
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

    static Set<String> names() {
        return TestSamplers.all().keySet();
    }

    /** The default schedule of SDXL with changed settings. */
    private NoiseSchedule schedule(Map<String, Object> changes) throws IOException {
        Map<String, Object> settings = new HashMap<>(USUAL);
        settings.putAll(changes);
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, new Gson().toJson(settings));
        return DiscreteNoiseSchedule.from(Settings.read(file));
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

    private static Solver solver(String name, NoiseSchedule schedule, int steps) {
        return TestSamplers.all().get(name).solver(schedule, steps);
    }

    private static NDArray walked(Solver solver, NDArray noise) {
        NDArray latents = noise.mul(solver.initialScale());
        List<NDArray> history = List.of();
        for (int step = 0; step < solver.steps(); step++) {
            StepResult taken = solver.step(new StepInput(
                    step, latents, predicted(solver.scaleModelInput(latents, step)), history, TestSamplers.NO_NOISE));
            latents = taken.latents();
            history = taken.history();
        }
        return latents;
    }

    /** The first step of an image. */
    private static StepResult single(Solver solver, int step, NDArray latents, NDArray modelOutput) {
        return solver.step(new StepInput(step, latents, modelOutput, List.of(), TestSamplers.NO_NOISE));
    }

    @ParameterizedTest
    @MethodSource("names")
    void treatsTheImagesOfABatchIndependently(String name) throws IOException {
        Solver solver = solver(name, schedule(), 5);
        NDArray noise = noise(3);
        NDArray together = walked(solver, noise);
        NDList alone = new NDList();
        for (int image = 0; image < 3; image++) {
            alone.add(walked(solver, noise.get(image + ":" + (image + 1))));
        }
        assertArrayEquals(NDArrays.concat(alone).toFloatArray(), together.toFloatArray(), 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void reachesTheCleanLatentsWithAPerfectPrediction(String name) throws IOException {
        NoiseSchedule schedule = schedule(Map.of("prediction_type", "sample", "set_alpha_to_one", true));
        Solver solver = solver(name, schedule, 20);
        NDArray clean = noise(1);
        NDArray latents = noise(1).mul(solver.initialScale());
        List<NDArray> history = List.of();
        for (int step = 0; step < solver.steps(); step++) {
            StepResult taken = solver.step(new StepInput(step, latents, clean, history, TestSamplers.NO_NOISE));
            assertArrayEquals(clean.toFloatArray(), taken.original().toFloatArray(), 0);
            latents = taken.latents();
            history = taken.history();
        }
        assertArrayEquals(clean.toFloatArray(), latents.toFloatArray(), 1e-5f);
    }

    /** With a perfect noise prediction, the latents at every step are the clean latents with the noise of its level. */
    @ParameterizedTest
    @MethodSource("names")
    void addNoiseMatchesTheLatentsAtAStep(String name) throws IOException {
        Solver solver = solver(name, schedule(), 8);
        NDArray clean = noise(1);
        NDArray noise = noise(1);
        NDArray latents = solver.addNoise(clean, noise, 0);
        List<NDArray> history = List.of();
        for (int step = 0; step < solver.steps(); step++) {
            float size = (float) Math.sqrt(solver.level(step).variance());
            NDArray expected = solver.addNoise(clean, noise, step);
            assertArrayEquals(expected.toFloatArray(), latents.toFloatArray(), 2e-5f * size, "at step " + step);
            NDArray input = solver.scaleModelInput(latents, step);
            assertArrayEquals(latents.div(size).toFloatArray(), input.toFloatArray(), 1e-5f, "at step " + step);
            StepResult taken = solver.step(new StepInput(step, latents, noise, history, TestSamplers.NO_NOISE));
            latents = taken.latents();
            history = taken.history();
        }
    }

    @ParameterizedTest
    @CsvSource({"ddim, 0", "euler, 0", "dpm++2m, 1", "unipc, 3"})
    void keepsNoMoreHistoryThanNeeded(String name, int most) throws IOException {
        Solver solver = solver(name, schedule(), 12);
        NDArray latents = noise(1).mul(solver.initialScale());
        List<NDArray> history = List.of();
        for (int step = 0; step < solver.steps(); step++) {
            NDArray modelOutput = predicted(latents);
            float[] before = latents.toFloatArray();
            StepResult taken = solver.step(new StepInput(step, latents, modelOutput, history, TestSamplers.NO_NOISE));
            assertArrayEquals(before, latents.toFloatArray(), "at step " + step);
            boolean last = step == solver.steps() - 1;
            assertEquals(last ? 0 : Math.min(most, step + 2), taken.history().size(), "at step " + step);
            latents = taken.latents();
            history = taken.history();
        }
    }

    @Test
    void startsInFirstOrderAtAnyStepWithoutHistory() throws IOException {
        NDArray latents = noise(1);
        NDArray prediction = predicted(latents);
        NDArray dpm =
                single(solver("dpm++2m", schedule(), 8), 4, latents, prediction).latents();
        NDArray uniPc =
                single(solver("unipc", schedule(), 8), 4, latents, prediction).latents();
        assertArrayEquals(dpm.toFloatArray(), uniPc.toFloatArray(), 0);
        // 8 steps of a solver of the second order: 889, 778, 667, 556, 445, 334, ... of strides of 111
        NoiseLevel from = NoiseLevel.ofAlphaBar(schedule().alphaBar(445));
        NoiseLevel to = NoiseLevel.ofAlphaBar(schedule().alphaBar(334));
        NDArray original = latents.sub(prediction.mul(from.sigma())).div(from.alpha());
        NDArray ddim = original.mul(to.alpha()).add(prediction.mul(to.sigma()));
        assertArrayEquals(ddim.toFloatArray(), dpm.toFloatArray(), 1e-6f);
    }

    @Test
    void rejectsTimestepsOutsideTheTrainingTimesteps() throws IOException {
        NoiseSchedule usual = schedule();
        assertFails(
                Code.INVALID_REQUEST,
                "999 steps would be at timesteps 1000 to 2, and the model knows 999 to 0",
                () -> solver("unipc", usual, 999));
        NoiseSchedule shifted = schedule(Map.of("steps_offset", -5));
        assertFails(
                Code.INVALID_REQUEST, "10 steps would be at timesteps 895 to -5", () -> solver("ddim", shifted, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "ddim, thresholding, true",
        "euler, use_beta_sigmas, true",
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
    void rejectsUnsupportedSettingsByName(String name, String key, String value) throws IOException {
        NoiseSchedule schedule = schedule(Map.of(key, JsonParser.parseString(value)));
        assertFails(Code.MODEL_INVALID, key, () -> solver(name, schedule, 10));
    }

    @ParameterizedTest
    @CsvSource({"euler, thresholding, true", "ddim, use_lu_lambdas, true", "dpm++2m, solver_order, 3"})
    void ignoresSettingsOfOtherSamplersAndSettingsFixedByTheName(String name, String key, String value)
            throws IOException {
        NDArray noise = noise(1);
        NDArray usual = walked(solver(name, schedule(), 6), noise);
        NoiseSchedule schedule = schedule(Map.of(key, JsonParser.parseString(value)));
        NDArray changed = walked(solver(name, schedule, 6), noise);
        assertArrayEquals(usual.toFloatArray(), changed.toFloatArray(), 0);
    }

    @Test
    void rejectsInvalidNoiseLevels() throws IOException {
        NoiseSchedule schedule = schedule(Map.of("use_karras_sigmas", true, "sigma_min", -1));
        for (String name : List.of("euler", "dpm++2m", "unipc")) {
            assertFails(Code.MODEL_INVALID, "sigma_min", () -> solver(name, schedule, 10));
        }
    }

    @Test
    void rejectsEpsilonPredictionOnPureNoise() throws IOException {
        Map<String, Object> zeroSnr = Map.of("rescale_betas_zero_snr", true, "timestep_spacing", "trailing");
        NoiseSchedule schedule = schedule(zeroSnr);
        assertFails(Code.MODEL_INVALID, "rescale_betas_zero_snr", () -> solver("ddim", schedule, 10));
    }

    /** Song et al. 2021, equations 12 and 16, written out. */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1})
    void ddimAddsAFractionOfTheNoiseOfDdpm(double eta) throws IOException {
        NoiseSchedule schedule = schedule();
        NDArray latents = noise(1);
        NDArray predicted = predicted(latents);
        NDArray generated = noise(1);
        StepResult taken = TestSamplers.ddim(eta)
                .solver(schedule, 10)
                .step(new StepInput(3, latents, predicted, List.of(), () -> generated));

        double alphaBar = schedule.alphaBar(601);
        double next = schedule.alphaBar(501);
        double sigma = eta * Math.sqrt((1 - next) / (1 - alphaBar)) * Math.sqrt(1 - alphaBar / next);
        NDArray original = latents.sub(predicted.mul(Math.sqrt(1 - alphaBar))).div(Math.sqrt(alphaBar));
        NDArray expected = original.mul(Math.sqrt(next))
                .add(predicted.mul(Math.sqrt(1 - next - sigma * sigma)))
                .add(generated.mul(sigma));
        assertArrayEquals(expected.toFloatArray(), taken.latents().toFloatArray(), 1e-6f);
    }

    @ParameterizedTest
    @CsvSource({"euler-ancestral, euler", "dpm++2m-sde, dpm++2m"})
    void equalsTheSolverOfTheOdeWithoutNoise(String name, String deterministic) throws IOException {
        NDArray noise = noise(1);
        NDArray expected = walked(solver(deterministic, schedule(), 6), noise);
        NDArray actual = walked(TestSamplers.noisy(0).get(name).solver(schedule(), 6), noise);
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-6f);
    }

    /** With a perfect prediction, latents with the noise of one level become latents with that of the next. */
    @ParameterizedTest
    @CsvSource({
        "ddim, 0.5",
        "euler-ancestral, 1",
        "euler-ancestral, 0.4",
        "dpm++2m-sde, 1",
        "tcd, 0.3",
        "tcd, 1",
        "lcm, 1"
    })
    void keepsTheVarianceOfEachLevel(String name, double noise) throws IOException {
        NoiseSchedule schedule = schedule(Map.of("prediction_type", "sample", "set_alpha_to_one", true));
        Solver solver = TestSamplers.noisy(noise).get(name).solver(schedule, 6);
        NDArray clean = manager.zeros(new Shape(1, 4, 64, 64));
        NDArray latents =
                manager.randomNormal(clean.getShape()).mul(solver.level(0).sigma());
        for (int step = 0; step < solver.steps() - 1; step++) {
            StepInput input =
                    new StepInput(step, latents, clean, List.of(), () -> manager.randomNormal(clean.getShape()));
            latents = solver.step(input).latents();
            double deviation = Math.sqrt(latents.square().mean().getFloat());
            double expected = solver.level(step + 1).sigma();
            assertEquals(expected, deviation, 0.04 * expected, "before step " + (step + 1));
        }
    }

    /** Luo et al. 2023, equation 9, written out for the one step of Hyper-SD. */
    @Test
    void lcmTakesTheTimestepsOfItsOption() throws IOException {
        NoiseSchedule schedule = schedule();
        Solver usual = TestSamplers.lcm("").solver(schedule, 4);
        Solver same = TestSamplers.lcm("999, 759,499,259").solver(schedule, 4);
        for (int step = 0; step < 4; step++) {
            assertEquals(usual.timestep(step), same.timestep(step));
            assertEquals(usual.level(step), same.level(step));
        }
        NDArray latents = noise(1);
        NDArray predicted = predicted(latents);
        Solver one = TestSamplers.lcm("800").solver(schedule, 1);
        assertEquals(800, one.timestep(0));
        double alphaBar = schedule.alphaBar(800);
        NDArray original = latents.sub(predicted.mul(Math.sqrt(1 - alphaBar))).div(Math.sqrt(alphaBar));
        double time = 8000;
        NDArray expected =
                original.mul(time / Math.sqrt(time * time + 0.25)).add(latents.mul(0.25 / (time * time + 0.25)));
        assertArrayEquals(
                expected.toFloatArray(),
                single(one, 0, latents, predicted).latents().toFloatArray(),
                1e-5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "800 | 4 | There are 1 timesteps for 4 steps; give one for each step.",
                "400,800 | 2 | The timesteps must be whole numbers from 999 to 0, each below the one before",
                "1000 | 1 | from 999 to 0",
                "-1 | 1 | not \"-1\"",
                "800, | 2 | not \"800,\"",
                "x | 1 | not \"x\""
            })
    void rejectsOtherTimesteps(String timesteps, int steps, String message) throws IOException {
        NoiseSchedule schedule = schedule();
        assertFails(
                Code.INVALID_REQUEST, message, () -> TestSamplers.lcm(timesteps).solver(schedule, steps));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lcm", "tcd"})
    void rejectsMoreStepsThanTimestepsOfTheDistillation(String name) throws IOException {
        NoiseSchedule schedule = schedule();
        assertFails(
                Code.INVALID_REQUEST,
                "distilled at 50 timesteps: use at most 50 steps, not 51",
                () -> TestSamplers.noisy(1).get(name).solver(schedule, 51));
        NoiseSchedule invalid = schedule(Map.of("original_inference_steps", 0));
        assertFails(Code.MODEL_INVALID, "original_inference_steps = 0 should be 1 to 1000", () -> TestSamplers.noisy(1)
                .get(name)
                .solver(invalid, 4));
    }

    @Test
    void clipsIfTheModelConfiguresIt() throws IOException {
        NoiseSchedule schedule = schedule(Map.of("clip_sample", true, "clip_sample_range", 0.5));
        NDArray latents = noise(1).mul(4);
        StepResult step = single(solver("ddim", schedule, 10), 9, latents, latents.mul(0));
        float largest = step.original().abs().max().getFloat();
        assertEquals(0.5f, largest);
    }

    private static void assertFails(Code code, String part, Executable executable) {
        AtelierException e = assertThrows(AtelierException.class, executable);
        assertEquals(code, e.code());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
