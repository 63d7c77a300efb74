package org.atelier.diffusion.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TestSamplers;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoisedReferencesTest {

    /** Also for Euler's method, whose own latents have another scale: references always have unit variance. */
    @ParameterizedTest
    @ValueSource(strings = {"lcm", "tcd", "ddim", "euler", "euler-ancestral", "dpm++2m"})
    void addsOneNoiseAtTheLevelsOfTheSampler(String sampler) {
        NoiseSchedule schedule = DiscreteNoiseSchedule.from(
                Settings.read(ReferenceTensors.folder().resolve("tiny-sdxl/scheduler/scheduler_config.json")));
        Solver solver =
                TestSamplers.named(sampler, "trailing", "timesteps", 0.5).solver(schedule, 4);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray clean = manager.randomNormal(new Shape(1, 4, 3, 5));
            NDArray noise = manager.randomNormal(new Shape(1, 4, 3, 5));
            NoisedReferences noised = new NoisedReferences(solver);

            List<NDArray> latents = noised.latents(clean, noise, manager);

            assertEquals(4, noised.timesteps().size());
            assertEquals(5, latents.size());
            for (int step = 0; step < 4; step++) {
                assertEquals(solver.timestep(step), noised.timesteps().get(step));
                double alphaBar = schedule.alphaBar((int) solver.timestep(step));
                NDArray expected = clean.mul(Math.sqrt(alphaBar)).add(noise.mul(Math.sqrt(1 - alphaBar)));
                assertArrayEquals(expected.toFloatArray(), latents.get(step).toFloatArray(), 1e-6f);
            }
            assertArrayEquals(clean.toFloatArray(), latents.get(4).toFloatArray());
        }
    }
}
