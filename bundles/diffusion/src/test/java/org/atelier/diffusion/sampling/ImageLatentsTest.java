package org.atelier.diffusion.sampling;

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

/** One image's way, without a network. */
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

    private void advance(ImageLatents trajectory, int step) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray modelOutput = trajectory.scaled(step, pass).mul(0.9).tanh();
            trajectory.advance(step, modelOutput).close();
        }
    }

    private void advance(ImageLatents trajectory, int from, int to) {
        for (int step = from; step < to; step++) {
            advance(trajectory, step);
        }
    }

    @ParameterizedTest
    @CsvSource({"ddim, 0", "euler, 0", "dpm++2m, 1", "unipc, 3"})
    void aStepLeavesTheLatentsAndWhatTheNextNeeds(String name, int left) {
        ImageLatents trajectory = begin(solver(TestSamplers.named(name)), null);
        for (int step = 0; step < STEPS; step++) {
            advance(trajectory, step);
            int expected = step == STEPS - 1 ? 0 : Math.min(left, step + 2);
            assertEquals(1 + expected, manager.getManagedArrays().size(), "at step " + step);
            assertEquals(1 + expected, trajectory.state().arrays().shape().get(0), "at step " + step);
        }
    }

    /** Hands on the arrays that it was given, and one of its own three times. */
    private record Careless() implements Solver {

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
    void ownsWhatASolverHandsOnTwiceOrHandsBack() {
        ImageLatents trajectory = begin(new Careless(), null);
        float[] expected = trajectory.latents().add(1).toFloatArray();
        advance(trajectory, 0, 3);
        assertArrayEquals(expected, trajectory.latents().toFloatArray());
        FloatTensor state = trajectory.state().arrays();
        assertEquals(List.of(2L, 4L, 3L, 5L), state.shape());
        float[] history = new float[expected.length];
        state.values().duplicate().position(expected.length).get(history);
        assertArrayEquals(expected, history);
    }

    /** As the reference's generator gives them: torch.manual_seed(7), then torch.randn(1, 4, 3, 5) again and again. */
    @Test
    void noiseComesFromTheImagesGeneratorOneArrayAfterAnother() {
        ImageNoise noise = noise();
        List<float[]> generated = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            generated.add(noise.next().toFloatArray());
        }
        assertEquals(4, noise.arraysTaken());
        ImageNoise later = noise();
        later.continueAfter(2);
        assertArrayEquals(generated.get(2), later.next().toFloatArray());
        assertArrayEquals(generated.get(3), later.next().toFloatArray());
        assertTrue(Math.abs(generated.get(0)[0] - generated.get(1)[0]) > 1e-3, "two arrays are the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler"})
    void beginningWhereAnotherWasEndsWhereItDoes(String name) {
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
    void cleanLatentsBeginWithTheNoiseOfTheImagesSeed(String name) {
        Solver solver = solver(TestSamplers.named(name));
        NDArray clean = noise().next().mul(0.5).add(1);
        FloatTensor given = StackedLatents.of(List.of(clean));
        for (int step = 0; step < STEPS; step++) {
            ImageLatents trajectory = begin(solver, new StartLatents(given, step, true));
            NoiseLevel level = solver.level(step);
            NDArray expected = clean.mul(level.alpha()).add(noise().next().mul(level.sigma()));
            assertArrayEquals(expected.toFloatArray(), trajectory.latents().toFloatArray());
            assertEquals(1, trajectory.state().noiseArrays(), "the noise to begin with is generated");
        }
    }

    @Test
    void refusesWhereNoImageCanBegin() {
        Solver solver = solver(TestSamplers.named("ddim"));
        FloatTensor latents = StackedLatents.of(List.of(noise().next()));
        AtelierException late =
                assertThrows(AtelierException.class, () -> begin(solver, new StartLatents(latents, STEPS, true)));
        assertEquals("An image cannot begin at step 6 of a set of 6: begin at 0 to 5.", late.getMessage());
        FloatTensor other = StackedLatents.of(List.of(kernels.noise(manager, 1, 1, 4, 5, 3)));
        AtelierException unlike =
                assertThrows(AtelierException.class, () -> begin(solver, new StartLatents(other, 1, true)));
        assertTrue(unlike.getMessage().startsWith("The latents that an image begins with"), unlike.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new StartLatents(latents, -1, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1000, Integer.MAX_VALUE})
    void refusesANumberOfStepsOutOfRange(int steps) {
        DiscreteNoiseSchedule schedule = DiscreteNoiseSchedule.from(
                Settings.read(ReferenceTensors.folder().resolve("tiny-sdxl/scheduler/scheduler_config.json")));
        for (String name : TestSamplers.NAMES) {
            AtelierException e = assertThrows(
                    AtelierException.class, () -> StepCount.solver(TestSamplers.named(name), schedule, steps));
            assertEquals(AtelierException.Code.INVALID_REQUEST, e.code());
            assertEquals("The number of steps is " + steps + ": ask for 1 to 999.", e.getMessage());
        }
    }
}
