package org.atelier.diffusion.denoising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
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

/**
 * The samplers that add noise, and the options of all samplers, against diffusers with a seeded generator:
 * src-it/reference/fixtures/noisy-samplers.
 */
class NoisySamplersReferenceTest {

    /** Of the largest latent. */
    private static final double BOUND = 1e-5;

    /** Of the largest latent before it: diffusers subtracts values of its size, 4096 with zero terminal SNR. */
    private static final double ROUNDING = 0x1p-23;

    private static TorchKernels kernels;
    private static NDManager manager;
    private static ReferenceTensors reference;

    @BeforeAll
    static void read() throws IOException {
        kernels = TorchKernels.load(Device.cpu());
        manager = kernels.newManager();
        reference = ReferenceTensors.read(manager, "noisy-samplers");
    }

    @AfterAll
    static void close() {
        manager.close();
        kernels.close();
    }

    private static Settings facts() {
        return Settings.read(ReferenceTensors.folder().resolve("noisy-samplers.json"));
    }

    static Stream<String> cases() {
        return facts().keys().stream().sorted();
    }

    static Stream<String> sets() {
        return reference.names().stream().sorted();
    }

    private static Solver solver(Settings facts, int steps) {
        Settings options = facts.object("options");
        String sampler = facts.text("sampler");
        double noise = options.number("gamma", sampler.equals("tcd") ? 0.3 : sampler.equals("ddim") ? 0 : 1);
        return StepCount.solver(
                TestSamplers.named(sampler, options.text("spacing", "model"), options.text("sigmas", "model"), noise),
                DiscreteNoiseSchedule.from(facts.object("config")),
                steps);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void usesTheTimestepsOfTheReference(String name) {
        Settings facts = facts().object(name);
        Settings schedules = facts.object("schedules");
        for (String steps : schedules.keys()) {
            Settings schedule = schedules.object(steps);
            List<Double> timesteps = schedule.numbers("timesteps");
            Solver solver = solver(facts, Integer.parseInt(steps));
            assertEquals(timesteps.size(), solver.steps());
            for (int step = 0; step < solver.steps(); step++) {
                assertEquals(
                        timesteps.get(step), solver.timestep(step), 1e-4, name + " at step " + step + " of " + steps);
            }
            double scale = schedule.number("init_noise_sigma");
            assertEquals(scale, solver.initialScale(), 1e-6 * scale, name);
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void equalsTheReferenceAfterEveryStep(String set) {
        int dot = set.lastIndexOf('.');
        Settings facts = facts().object(set.substring(0, dot));
        int steps = Integer.parseInt(set.substring(dot + 1));
        Solver solver = solver(facts, steps);
        NDArray expected = reference.get(set);
        try (NDManager memory = manager.newSubManager()) {
            ImageNoise noise = new ImageNoise(kernels, memory, facts.integer("seed"), 1, 4, 3, 5);
            ImageLatents image = ImageLatents.begin(solver, noise, Optional.empty(), memory);
            double largest = 0;
            for (int step = 0; step < steps; step++) {
                try (NDManager pass = memory.newSubManager()) {
                    NDArray modelOutput = image.scaled(step, whole -> whole, pass)
                            .mul(0.9)
                            .tanh()
                            .add(0.1 * Math.sin(solver.timestep(step) / 100));
                    largest = Math.max(largest, image.latents().abs().max().getFloat());
                    image.advance(step, modelOutput).close();
                    NDArray expectedStep = expected.get(step + ":" + (step + 1));
                    double size = expectedStep.abs().max().getFloat();
                    double distance =
                            image.latents().sub(expectedStep).abs().max().getFloat();
                    assertTrue(
                            distance <= BOUND * size + ROUNDING * largest,
                            set + " step " + step + " is off by " + distance / size);
                }
            }
        }
    }
}
