package org.atelier.diffusion.denoising;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TestSamplers;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.StepCount;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stochastic DDIM against diffusers with a seeded generator: src-it/reference/fixtures/stochastic. */
class SeededLatentsReferenceTest {

    private static final int STEPS = 10;

    /** Rounding accumulates to at most 7e-7 of the largest latent in ten steps. */
    private static final double BOUND = 5e-6;

    private static TorchKernels kernels;
    private static NDManager manager;
    private static ReferenceTensors reference;

    @BeforeAll
    static void read() throws IOException {
        kernels = TorchKernels.load(Device.cpu());
        manager = kernels.newManager();
        reference = ReferenceTensors.read(manager, "stochastic");
    }

    @AfterAll
    static void close() {
        manager.close();
        kernels.close();
    }

    private static Settings facts() {
        return Settings.read(ReferenceTensors.folder().resolve("stochastic.json"));
    }

    static Stream<String> cases() {
        return facts().keys().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheReferenceAfterEveryStep(String name) {
        Settings facts = facts().object(name);
        Solver solver = StepCount.solver(
                TestSamplers.ddim(facts.number("eta")), DiscreteNoiseSchedule.from(facts.object("config")), STEPS);
        NDArray expected = reference.get(name + ".latents");
        try (NDManager set = manager.newSubManager()) {
            ImageNoise noise = new ImageNoise(kernels, set, facts.integer("seed"), 1, 4, 3, 5);
            ImageLatents image = ImageLatents.begin(solver, noise, Optional.empty(), set);
            for (int step = 0; step < STEPS; step++) {
                try (NDManager pass = set.newSubManager()) {
                    NDArray modelOutput = image.scaled(step, whole -> whole, pass)
                            .mul(0.9)
                            .tanh()
                            .add(0.1 * Math.sin(solver.timestep(step) / 100));
                    image.advance(step, modelOutput).close();
                    NDArray expectedStep = expected.get(step + ":" + (step + 1));
                    double size = expectedStep.abs().max().getFloat();
                    double distance =
                            image.latents().sub(expectedStep).abs().max().getFloat();
                    assertTrue(distance <= BOUND * size, name + " step " + step + " is off by " + distance / size);
                }
            }
        }
    }
}
