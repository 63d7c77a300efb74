package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;

class ConfiguredSecondsTest {

    @Test
    void areWhatTheOperatorSays() {
        assertEquals(Duration.ofSeconds(7), ConfiguredSeconds.of(() -> 7, "drain.timeout", 0, 600));
        assertEquals(Duration.ZERO, ConfiguredSeconds.of(() -> 0, "drain.timeout", 0, 600));
    }

    @Test
    void areTheDefaultWhereHeSaysNone() {
        assertEquals(Duration.ofSeconds(60), ConfiguredSeconds.of(() -> -4, "start.timeout", 1, 60));
        assertEquals(
                Duration.ofSeconds(60),
                ConfiguredSeconds.of(
                        () -> {
                            throw new ComponentException(new NumberFormatException("many"));
                        },
                        "checkpoint.seconds",
                        0,
                        60));
    }
}
