package ${package};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class ${className}SamplerTest {

    private static final double EXACT = 1e-5;

    /** Evenly from 16 to 4, or from their square roots 4 and 2. */
    @Test
    void spacesTheNoiseLevelsByRho() {
        assertArrayEquals(new double[] {16, 10, 4}, levels(1, 3), EXACT);
        assertArrayEquals(new double[] {16, 9, 4}, levels(2, 3), EXACT);
        assertArrayEquals(new double[] {16}, levels(2, 1), EXACT);
    }

    @Test
    void callsTheNetworkAtTheTimestepsOfTheNoiseLevels() {
        Solver solver = new ${className}Sampler(2).solver(new Schedule(), 3);

        assertArrayEquals(
                new double[] {12, 5, 0}, IntStream.range(0, 3).mapToDouble(solver::timestep).toArray(), EXACT);
    }

    /** The noise is 2 everywhere: the clean latents of 33 at level 16 are 1, and those of 9 at level 4 too. */
    @Test
    void movesTheLatentsToTheNextNoiseLevel() {
        assertStep(0, 33, 19);
        assertStep(2, 9, 1);
    }

    private static double[] levels(double rho, int steps) {
        Solver solver = new ${className}Sampler(rho).solver(new Schedule(), steps);
        assertEquals(steps, solver.steps());
        return IntStream.range(0, steps)
                .mapToDouble(step -> solver.level(step).sigma())
                .toArray();
    }

    private static void assertStep(int step, float before, float after) {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray latents = manager.create(new float[] {before});
            NDArray noise = manager.create(new float[] {2});
            StepResult result = new ${className}Sampler(2)
                    .solver(new Schedule(), 3)
                    .step(new StepInput(step, latents, noise, List.of(), () -> latents));
            assertArrayEquals(new float[] {after}, result.latents().toFloatArray(), (float) EXACT);
            assertArrayEquals(new float[] {1}, result.original().toFloatArray(), (float) EXACT);
        }
    }

    /** Thirteen timesteps with the noise levels 4 to 16, of a network that predicts the noise. */
    private record Schedule() implements NoiseSchedule {

        @Override
        public int trainTimesteps() {
            return 13;
        }

        @Override
        public double sigma(double timestep) {
            return 4 + timestep;
        }

        @Override
        public double timestep(double sigma) {
            return sigma - 4;
        }

        @Override
        public double alphaBar(int timestep) {
            return 1 / (1 + sigma(timestep) * sigma(timestep));
        }

        @Override
        public double finalAlphaBar() {
            return 1;
        }

        @Override
        public Prediction prediction() {
            return Prediction.EPSILON;
        }

        @Override
        public SchedulerConfig config() {
            throw new AssertionError("the model's configuration is not read");
        }
    }
}
