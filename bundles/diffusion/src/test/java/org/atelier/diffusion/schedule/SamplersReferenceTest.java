package org.atelier.diffusion.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sampler against diffusers' own, on the schedules and the ten steps of src-it/reference/fixtures/samplers. */
class SamplersReferenceTest {

    private static final int STEPS = 10;

    private static NDManager manager;
    private static ReferenceTensors reference;

    @BeforeAll
    static void read() throws IOException {
        manager = NDManager.newBaseManager();
        reference = ReferenceTensors.read(manager, "samplers");
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    static Stream<String> cases() {
        return facts().keys().stream().sorted();
    }

    private static Settings facts() {
        return Settings.read(ReferenceTensors.folder().resolve("samplers.json"));
    }

    private static Sampler sampler(String name, int steps) {
        Settings facts = facts().object(name);
        return Samplers.create(facts.text("sampler"), NoiseSchedule.from(facts.object("config")), steps);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asksTheUNetAtTheSameTimes(String name) {
        Settings schedules = facts().object(name).object("schedules");
        for (String steps : schedules.keys()) {
            Settings schedule = schedules.object(steps);
            List<Double> timesteps = schedule.numbers("timesteps");
            Sampler sampler = sampler(name, Integer.parseInt(steps));
            assertEquals(timesteps.size(), sampler.steps());
            for (int step = 0; step < sampler.steps(); step++) {
                assertEquals(timesteps.get(step), sampler.timestep(step), 1e-4, name + " at step " + step);
            }
            double scale = schedule.number("init_noise_sigma");
            assertEquals(scale, sampler.initialScale(), 1e-6 * scale, name);
        }
    }

    /** From the reference's own latents, one step is off by 4.4e-7 of the largest value at most. */
    @ParameterizedTest
    @MethodSource("cases")
    void takesEachStepAsTheReference(String name) {
        Sampler sampler = sampler(name, STEPS);
        try (NDManager scope = manager.newSubManager()) {
            Sampler.Trajectory trajectory = sampler.start(scope);
            NDArray latents = reference.get(name + ".initial");
            for (int step = 0; step < STEPS; step++) {
                assertClose(row(name + ".inputs", step), sampler.scale(latents, step), 1e-6, name + " input " + step);
                Sampler.Step taken = trajectory.step(step, latents, row(name + ".model_outputs", step));
                latents = row(name + ".latents", step);
                assertClose(latents, taken.latents(), 2e-6, name + " latents " + step);
                if (reference.has(name + ".pred_original_sample")) {
                    NDArray original = row(name + ".pred_original_sample", step);
                    assertClose(original, taken.original(), 2e-6, name + " original " + step);
                }
            }
        }
    }

    /** On its own for ten steps, rounding grows to 8e-7 of the largest latent at most (UniPC on velocities). */
    @ParameterizedTest
    @MethodSource("cases")
    void arrivesWhereTheReferenceDoes(String name) {
        Sampler sampler = sampler(name, STEPS);
        try (NDManager scope = manager.newSubManager()) {
            Sampler.Trajectory trajectory = sampler.start(scope);
            NDArray latents = reference.get(name + ".initial").duplicate();
            latents.attach(scope);
            for (int step = 0; step < STEPS; step++) {
                double shift = 0.1 * Math.sin(sampler.timestep(step) / 100);
                NDArray prediction =
                        sampler.scale(latents, step).mul(0.9).tanh().add(shift);
                latents = trajectory.step(step, latents, prediction).latents();
            }
            assertClose(row(name + ".latents", STEPS - 1), latents, 5e-6, name);
        }
    }

    private static NDArray row(String name, int step) {
        return reference.get(name).get(step + ":" + (step + 1));
    }

    private static void assertClose(NDArray expected, NDArray actual, double relative, String what) {
        double distance = expected.sub(actual).abs().max().getFloat();
        double size = expected.abs().max().getFloat();
        assertTrue(distance <= relative * size, () -> what + " is off by " + distance / size);
    }
}
