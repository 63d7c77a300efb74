package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;

class DurationSettingTest {

    @Test
    void usesTheConfiguredValue() {
        assertEquals(
                Duration.ofSeconds(7), DurationSetting.of(() -> 7, "org.atelier.plugins", "drain.timeout", 0, 600));
        assertEquals(Duration.ZERO, DurationSetting.of(() -> 0, "org.atelier.plugins", "drain.timeout", 0, 600));
    }

    @Test
    void usesTheDefaultForAnInvalidValue() {
        assertEquals(
                Duration.ofSeconds(60), DurationSetting.of(() -> -4, "org.atelier.plugins", "start.timeout", 1, 60));
        assertEquals(
                Duration.ofSeconds(60),
                DurationSetting.of(
                        () -> {
                            throw new ComponentException(new NumberFormatException("many"));
                        },
                        "org.atelier.studio",
                        "checkpoint.seconds",
                        0,
                        60));
    }
}
