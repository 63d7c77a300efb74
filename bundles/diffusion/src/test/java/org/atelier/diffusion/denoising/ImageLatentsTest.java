package org.atelier.diffusion.denoising;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TestSamplers;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.sampling.StepCount;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The latents of one image, without a network. */
class ImageLatentsTest {

    private static final int STEPS = 6;

    private static TorchKernels kernels;

    private NDManager manager;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    @BeforeEach
    void open() {
        manager = kernels.newManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    private static Solver solver(Sampler sampler) {
        return StepCount.solver(
                sampler,
                DiscreteNoiseSchedule.from(
                        Settings.read(ReferenceTensors.folder().resolve("tiny-sdxl/scheduler/scheduler_config.json"))),
                STEPS);
    }

    private ImageNoise noise() {
        return new ImageNoise(kernels, manager, 7, 1, 4, 3, 5);
    }

    private ImageLatents begin(Solver solver, StartLatents start) {
        return ImageLatents.begin(solver, noise(), Optional.ofNullable(start), manager);
    }

    private void advance(ImageLatents image, int step) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray modelOutput =
                    image.scaled(step, whole -> whole, pass).mul(0.9).tanh();
            image.advance(step, modelOutput).close();
        }
    }

    private void advance(ImageLatents image, int from, int to) {
        for (int step = from; step < to; step++) {
            advance(image, step);
        }
    }

    @ParameterizedTest
    @CsvSource({"ddim, 0", "euler, 0", "dpm++2m, 1", "unipc, 3"})
    void aStepKeepsTheLatentsAndTheSolverHistory(String name, int left) {
        ImageLatents image = begin(solver(TestSamplers.named(name)), null);
        for (int step = 0; step < STEPS; step++) {
            advance(image, step);
            int expected = step == STEPS - 1 ? 0 : Math.min(left, step + 2);
            assertEquals(1 + expected, manager.getManagedArrays().size(), "at step " + step);
            assertEquals(1 + expected, image.state().arrays().shape().get(0), "at step " + step);
        }
    }

    /** Returns its input arrays, or one array of its own three times. */
    private record AliasingSolver() implements Solver {

        @Override
        public int steps() {
            return STEPS;
        }

        @Override
        public double timestep(int step) {
            return STEPS - step;
        }

        @Override
        public NoiseLevel level(int step) {
            return new NoiseLevel(1, STEPS - step);
        }

        @Override
        public StepResult step(StepInput input) {
            if (input.step() == 0) {
                NDArray own = input.latents().add(1);
                return new StepResult(own, own, List.of(own));
            }
            return new StepResult(input.latents(), input.modelOutput(), input.history());
        }
    }

    @Test
    void copiesArraysThatASolverReturnsTwice() {
        ImageLatents image = begin(new AliasingSolver(), null);
        float[] expected = image.latents().add(1).toFloatArray();
        advance(image, 0, 3);
        assertArrayEquals(expected, image.latents().toFloatArray());
        FloatTensor state = image.state().arrays();
        assertEquals(List.of(2L, 4L, 3L, 5L), state.shape());
        float[] history = new float[expected.length];
        state.values().duplicate().position(expected.length).get(history);
        assertArrayEquals(expected, history);
    }

    /** The same noise as torch.manual_seed(7) followed by repeated torch.randn(1, 4, 3, 5). */
    @Test
    void noiseIsSampledFromTheGeneratorOfTheImage() {
        ImageNoise noise = noise();
        List<float[]> sampled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sampled.add(noise.next().toFloatArray());
        }
        assertEquals(4, noise.arraysTaken());
        ImageNoise later = noise();
        later.continueAfter(2);
        assertArrayEquals(sampled.get(2), later.next().toFloatArray());
        assertArrayEquals(sampled.get(3), later.next().toFloatArray());
        assertTrue(Math.abs(sampled.get(0)[0] - sampled.get(1)[0]) > 1e-3, "two arrays are the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler"})
    void startingFromIntermediateLatentsGivesTheSameResult(String name) {
        Solver solver = solver(TestSamplers.named(name));
        for (int first = 0; first < STEPS; first++) {
            ImageLatents whole = begin(solver, null);
            advance(whole, 0, first);
            StartLatents there = new StartLatents(StackedLatents.of(List.of(whole.latents())), first, false);
            ImageLatents late = begin(solver, there);
            assertEquals(first, late.firstStep());
            advance(whole, first, STEPS);
            advance(late, first, STEPS);
            assertArrayEquals(whole.latents().toFloatArray(), late.latents().toFloatArray(), "from step " + first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler", "dpm++2m", "unipc"})
    void addsTheNoiseOfTheSeedToCleanLatents(String name) {
        Solver solver = solver(TestSamplers.named(name));
        NDArray clean = noise().next().mul(0.5).add(1);
        FloatTensor given = StackedLatents.of(List.of(clean));
        for (int step = 0; step < STEPS; step++) {
            ImageLatents image = begin(solver, new StartLatents(given, step, true));
            NoiseLevel level = solver.level(step);
            NDArray expected = clean.mul(level.alpha()).add(noise().next().mul(level.sigma()));
            assertArrayEquals(expected.toFloatArray(), image.latents().toFloatArray());
            assertEquals(1, image.state().noiseArrays(), "the initial noise counts");
        }
    }

    @Test
    void rejectsInvalidStartLatents() {
        Solver solver = solver(TestSamplers.named("ddim"));
        FloatTensor latents = StackedLatents.of(List.of(noise().next()));
        AtelierException late =
                assertThrows(AtelierException.class, () -> begin(solver, new StartLatents(latents, STEPS, true)));
        assertEquals("The first step of an image is 6, but the set has 6 steps; use 0 to 5.", late.getMessage());
        FloatTensor other = StackedLatents.of(List.of(kernels.noise(manager, 1, 1, 4, 5, 3)));
        AtelierException wrongShape =
                assertThrows(AtelierException.class, () -> begin(solver, new StartLatents(other, 1, true)));
        assertTrue(
                wrongShape.getMessage().startsWith("The initial latents of an image have the shape"),
                wrongShape.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new StartLatents(latents, -1, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1000, Integer.MAX_VALUE})
    void rejectsANumberOfStepsOutOfRange(int steps) {
        DiscreteNoiseSchedule schedule = DiscreteNoiseSchedule.from(
                Settings.read(ReferenceTensors.folder().resolve("tiny-sdxl/scheduler/scheduler_config.json")));
        for (String name : TestSamplers.NAMES) {
            AtelierException e = assertThrows(
                    AtelierException.class, () -> StepCount.solver(TestSamplers.named(name), schedule, steps));
            assertEquals(AtelierException.Code.INVALID_REQUEST, e.code());
            assertEquals("The number of steps is " + steps + "; it must be 1 to 999.", e.getMessage());
        }
    }
}
