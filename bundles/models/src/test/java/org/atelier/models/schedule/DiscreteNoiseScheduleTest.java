package org.atelier.models.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.models.json.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteNoiseScheduleTest {

    private static final String SCALED = "'beta_schedule': 'scaled_linear', 'beta_start': 0.00085, 'beta_end': 0.012";

    @TempDir
    Path folder;

    private NoiseSchedule schedule(String settings) throws IOException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, "{" + settings.replace('\'', '"') + "}");
        return DiscreteNoiseSchedule.from(Settings.read(file));
    }

    /** The float32 values of torch 2.13, to the last bit. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x1.ff9096p-1",
        "1, 0x1.ff20a8p-1",
        "20, 0x1.f66ed4p-1",
        "500, 0x1.1af6e6p-2",
        "981, 0x1.7a80bep-8",
        "999, 0x1.31676cp-8"
    })
    void computesTheAlphaBarsOfTorch(int timestep, String alphaBar) throws IOException {
        assertEquals(Double.parseDouble(alphaBar), schedule(SCALED).alphaBar(timestep));
    }

    /** As of diffusers 0.42. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'beta_schedule': 'linear' | 500 | 0x1.3ea7b4p-4",
                "'prediction_type': 'v_prediction' | 999 | 0x1.528cccp-15",
                "'beta_schedule': 'squaredcos_cap_v2' | 500 | 0x1.f81992p-2",
                "'num_train_timesteps': 4, 'trained_betas': [0.1, 0.2, 0.3, 0.4] | 3 | 0x1.35a858p-2",
                "'rescale_betas_zero_snr': true, 'beta_schedule': 'scaled_linear', 'beta_start': 0.00085, 'beta_end':"
                        + " 0.012 | 500 | 0x1.ed9b2ep-3"
            },
            quoteCharacter = '"')
    void computesTheSchedulesOfDiffusers(String settings, int timestep, String alphaBar) throws IOException {
        double expected = Double.parseDouble(alphaBar);
        assertEquals(expected, schedule(settings).alphaBar(timestep), 1e-6 * expected);
    }

    @Test
    void rescalesToZeroTerminalSnr() throws IOException {
        NoiseSchedule schedule = schedule(SCALED + ", 'rescale_betas_zero_snr': true");
        assertEquals(0, schedule.alphaBar(999));
        assertEquals(4096, schedule.sigma(999), 1e-3);
    }

    @Test
    void invertsSigma() throws IOException {
        NoiseSchedule schedule = schedule(SCALED);
        for (int timestep = 0; timestep < 1000; timestep += 37) {
            assertEquals(timestep, schedule.timestep(schedule.sigma(timestep)), 1e-3);
        }
        assertEquals(0, schedule.timestep(schedule.sigma(0) / 2));
        assertEquals(999, schedule.timestep(schedule.sigma(999) * 2));
        double between = schedule.sigma(500.5);
        assertEquals((schedule.sigma(500) + schedule.sigma(501)) / 2, between, 1e-9);
        assertEquals(500.5, schedule.timestep(between), 1e-2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'_class_name': 'FlowMatchEulerDiscreteScheduler'",
                "'_class_name': 'EDMEulerScheduler'",
                "'beta_schedule': 'sigmoid'",
                "'prediction_type': 'flow_prediction'",
                "'timestep_spacing': 'quadratic'",
                "'variance_type': 'learned_range'",
                "'use_flow_sigmas': true",
                "'a_key_of_tomorrow': 1",
                "'num_train_timesteps': 1",
                "'num_train_timesteps': 2000000000",
                "'trained_betas': [0.1, 0.2]",
                "'num_train_timesteps': 2, 'trained_betas': [0.1, 1.0]",
                "'num_train_timesteps': 2, 'trained_betas': [1e-12, 0.5]",
                "'beta_start': -1, 'beta_schedule': 'scaled_linear'"
            })
    void rejectsUnsupportedSettingsByName(String settings) {
        AtelierException e = assertThrows(AtelierException.class, () -> schedule(settings));
        assertEquals(Code.MODEL_INVALID, e.code());
        assertTrue(e.getMessage().contains("scheduler_config.json"), e.getMessage());
        String[] words = settings.split("[':, ]+");
        boolean named = e.getMessage().contains(words[1]) || e.getMessage().contains("beta");
        assertTrue(named, e.getMessage());
    }
}
