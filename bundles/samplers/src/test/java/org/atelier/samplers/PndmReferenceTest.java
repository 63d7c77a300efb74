package org.atelier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.atelier.api.AtelierException;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares PNDM with PNDMScheduler of diffusers, from noise and from the middle. */
class PndmReferenceTest {

    private static final int STEPS = 10;
    private static final Map<String, NDArray> REFERENCE = new HashMap<>();
    private static NDManager manager;

    @BeforeAll
    static void read() throws IOException {
        manager = NDManager.newBaseManager();
        try (InputStream file = Files.newInputStream(fixtures().resolve("plms.safetensors"))) {
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

    private static Settings facts() {
        return Settings.read(fixtures().resolve("plms.json"));
    }

    static Stream<String> cases() {
        return facts().keys().stream().sorted();
    }

    private static Solver solver(String name, int steps, String combine) {
        Settings facts = facts().object(name);
        return TestSamplers.pndm(combine)
                .solver(DiscreteNoiseSchedule.from(facts.object("config")), steps)
                .startingAt(facts.integer("first"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void callsTheNetworkAtTheTimestepsOfTheReference(String name) {
        Settings schedules = facts().object(name).object("schedules");
        for (String steps : schedules.keys()) {
            Solver solver = solver(name, Integer.parseInt(steps), "output");
            List<Integer> expected = schedules.integers(steps);
            assertEquals(expected.size(), solver.steps());
            for (int step = 0; step < expected.size(); step++) {
                assertEquals(expected.get(step).doubleValue(), solver.timestep(step), name + " at step " + step);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void matchesEveryStepOfTheReference(String name) {
        Solver solver = solver(name, STEPS, "output");
        int first = facts().object(name).integer("first");
        NDArray expected = REFERENCE.get(name + ".latents");
        assertEquals(expected.getShape().get(0), solver.steps() - first);
        try (NDManager scope = manager.newSubManager()) {
            NDArray latents = REFERENCE.get(name + ".initial").duplicate();
            latents.attach(scope);
            List<NDArray> history = List.of();
            for (int step = first; step < solver.steps(); step++) {
                StepResult taken = solver.step(
                        new StepInput(step, latents, denoised(solver, latents, step), history, TestSamplers.NO_NOISE));
                latents = taken.latents();
                history = taken.history();
                int row = step - first;
                NDArray reference = expected.get(row + ":" + (row + 1));
                double distance = reference.sub(latents).abs().max().getFloat();
                double size = reference.abs().max().getFloat();
                assertTrue(distance <= 5e-6 * size, () -> name + " is off by " + distance / size + " at " + row);
            }
            assertEquals(0, history.size());
        }
    }

    private static NDArray denoised(Solver solver, NDArray latents, int step) {
        return latents.mul(0.9).tanh().add(0.1 * Math.sin(solver.timestep(step) / 100));
    }

    /** The same for noise, whose combination is that of the outputs. */
    @Test
    void combinesNoiseAndOutputsAlikeForANetworkThatPredictsNoise() {
        try (NDManager scope = manager.newSubManager()) {
            NDArray byNoise = walked(solver("stock", STEPS, "noise"), 0, REFERENCE.get("stock.initial"), scope);
            NDArray byOutput = walked(solver("stock", STEPS, "output"), 0, REFERENCE.get("stock.initial"), scope);
            assertEquals(0, byNoise.sub(byOutput).abs().max().getFloat(), 1e-6);
        }
    }

    private static NDArray walked(Solver solver, int first, NDArray initial, NDManager scope) {
        NDArray latents = initial.duplicate();
        latents.attach(scope);
        List<NDArray> history = List.of();
        for (int step = first; step < solver.steps(); step++) {
            StepResult taken = solver.step(
                    new StepInput(step, latents, denoised(solver, latents, step), history, TestSamplers.NO_NOISE));
            latents = taken.latents();
            history = taken.history();
        }
        return latents;
    }

    /** A network that knows noise and image leads to the image from any step, also if it predicts velocity. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 9})
    void aPerfectVelocityLeadsToTheImage(int first) {
        Settings config = facts().object("v-prediction").object("config").with(Map.of("set_alpha_to_one", true));
        Solver solver = TestSamplers.pndm("noise")
                .solver(DiscreteNoiseSchedule.from(config), STEPS)
                .startingAt(first);
        try (NDManager scope = manager.newSubManager()) {
            NDArray image = REFERENCE.get("stock.initial");
            NDArray noise = REFERENCE.get("trailing.initial");
            NDArray latents = solver.addNoise(image, noise, first);
            latents.attach(scope);
            List<NDArray> history = List.of();
            for (int step = first; step < solver.steps(); step++) {
                NoiseLevel level = solver.level(step);
                NDArray velocity = noise.mul(level.alpha()).sub(image.mul(level.sigma()));
                StepResult taken = solver.step(new StepInput(step, latents, velocity, history, TestSamplers.NO_NOISE));
                latents = taken.latents();
                history = taken.history();
            }
            // The last timestep is 1 and the step leads to the one before it, which is clean.
            assertEquals(0, latents.sub(image).abs().max().getFloat(), 1e-4);
        }
    }

    @Test
    void refusesZeroTerminalSnr() {
        Settings config = facts().object("v-prediction").object("config").with(Map.of("rescale_betas_zero_snr", true));
        DiscreteNoiseSchedule schedule = DiscreteNoiseSchedule.from(config);
        AtelierException fault = assertThrows(
                AtelierException.class, () -> TestSamplers.pndm("noise").solver(schedule, STEPS));
        assertTrue(fault.getMessage().contains("rescale_betas_zero_snr"), fault.getMessage());
    }
}
