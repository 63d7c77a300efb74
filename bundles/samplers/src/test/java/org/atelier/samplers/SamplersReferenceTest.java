package org.atelier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every sampler with diffusers, on the schedules and ten steps in src-it/reference/fixtures/samplers. */
class SamplersReferenceTest {

    private static final int STEPS = 10;

    private static NDManager manager;
    private static final Map<String, NDArray> REFERENCE = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        manager = NDManager.newBaseManager();
        try (InputStream file = Files.newInputStream(fixtures().resolve("samplers.safetensors"))) {
            NDList.decode(manager, file).forEach(tensor -> REFERENCE.put(tensor.getName(), tensor));
        }
    }

    @AfterAll
    static void close() {
        manager.close();
        REFERENCE.clear();
    }

    private static Path fixtures() {
        return Path.of(System.getProperty("atelier.fixtures"));
    }

    static Stream<String> cases() {
        return facts().keys().stream().sorted();
    }

    private static Settings facts() {
        return Settings.read(fixtures().resolve("samplers.json"));
    }

    private static Solver solver(String name, int steps) {
        Settings facts = facts().object(name);
        return TestSamplers.all()
                .get(facts.text("sampler"))
                .solver(DiscreteNoiseSchedule.from(facts.object("config")), steps);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void usesTheTimestepsOfTheReference(String name) {
        Settings schedules = facts().object(name).object("schedules");
        for (String steps : schedules.keys()) {
            Settings schedule = schedules.object(steps);
            List<Double> timesteps = schedule.numbers("timesteps");
            Solver solver = solver(name, Integer.parseInt(steps));
            assertEquals(timesteps.size(), solver.steps());
            for (int step = 0; step < solver.steps(); step++) {
                assertEquals(timesteps.get(step), solver.timestep(step), 1e-4, name + " at step " + step);
            }
            double scale = schedule.number("init_noise_sigma");
            assertEquals(scale, solver.initialScale(), 1e-6 * scale, name);
        }
    }

    /** From the reference's latents, one step deviates by at most 4.4e-7 of the largest value. */
    @ParameterizedTest
    @MethodSource("cases")
    void matchesEachStepOfTheReference(String name) {
        Solver solver = solver(name, STEPS);
        try (NDManager scope = manager.newSubManager()) {
            NDArray latents = REFERENCE.get(name + ".initial").duplicate();
            latents.attach(scope);
            List<NDArray> history = List.of();
            for (int step = 0; step < STEPS; step++) {
                assertClose(
                        row(name + ".inputs", step),
                        solver.scaleModelInput(latents, step),
                        1e-6,
                        name + " input " + step);
                StepResult taken = solver.step(new StepInput(
                        step, latents, row(name + ".model_outputs", step), history, TestSamplers.NO_NOISE));
                history = taken.history();
                latents = row(name + ".latents", step);
                assertClose(latents, taken.latents(), 2e-6, name + " latents " + step);
                if (REFERENCE.containsKey(name + ".pred_original_sample")) {
                    NDArray original = row(name + ".pred_original_sample", step);
                    assertClose(original, taken.original(), 2e-6, name + " original " + step);
                }
            }
        }
    }

    /** Over ten steps, rounding grows to at most 8e-7 of the largest latent (UniPC with velocity prediction). */
    @ParameterizedTest
    @MethodSource("cases")
    void matchesTheResultOfTheReference(String name) {
        Solver solver = solver(name, STEPS);
        try (NDManager scope = manager.newSubManager()) {
            NDArray latents = REFERENCE.get(name + ".initial").duplicate();
            latents.attach(scope);
            List<NDArray> history = List.of();
            for (int step = 0; step < STEPS; step++) {
                double shift = 0.1 * Math.sin(solver.timestep(step) / 100);
                NDArray prediction =
                        solver.scaleModelInput(latents, step).mul(0.9).tanh().add(shift);
                StepResult taken =
                        solver.step(new StepInput(step, latents, prediction, history, TestSamplers.NO_NOISE));
                latents = taken.latents();
                history = taken.history();
            }
            assertClose(row(name + ".latents", STEPS - 1), latents, 5e-6, name);
        }
    }

    private static NDArray row(String name, int step) {
        return REFERENCE.get(name).get(step + ":" + (step + 1));
    }

    private static void assertClose(NDArray expected, NDArray actual, double relative, String what) {
        double distance = expected.sub(actual).abs().max().getFloat();
        double size = expected.abs().max().getFloat();
        assertTrue(distance <= relative * size, () -> what + " is off by " + distance / size);
    }
}
