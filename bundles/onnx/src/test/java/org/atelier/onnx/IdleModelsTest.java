package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model stays for a minute after its last lease, and no longer. */
class IdleModelsTest {

    private static final Duration NEARLY_A_MINUTE = Duration.ofSeconds(59);

    private final StandingClock clock = new StandingClock();
    private final SharedOnnxModels models =
            ModelsIn.folder(Path.of(System.getProperty("atelier.fixtures"), "graphs"), clock);

    @AfterEach
    void stop() {
        models.stop();
    }

    /** The graph that a lease finds loaded or loads. */
    private Graph leased() {
        try (OnnxModel model = models.lease("")) {
            return model.graph("halves");
        }
    }

    @Test
    void isKeptForTheNextWhoComesInTime() {
        Graph first = leased();
        clock.goOn(NEARLY_A_MINUTE);
        assertSame(first, leased());
        clock.goOn(NEARLY_A_MINUTE);
        assertSame(first, leased(), "the minute begins anew after each lease");
    }

    @Test
    void isClosedAfterAMinute() {
        Graph first = leased();
        clock.goOn(Duration.ofMinutes(1));
        assertEquals(
                Code.PLUGIN_WITHDRAWN,
                assertThrows(AtelierException.class, () -> first.run(Map.of(), List.of()))
                        .code());
        assertNotSame(first, leased());
    }

    @Test
    void isNotClosedWhileAnyoneHoldsALease() {
        try (OnnxModel held = models.lease("")) {
            Graph first = leased();
            clock.goOn(Duration.ofHours(1));
            assertSame(first, held.graph("halves"));
            assertSame(first, leased());
        }
    }
}
