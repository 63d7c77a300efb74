package org.atelier.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final Set<String> KNOWN = Set.of("drain.timeout", "start.timeout", "scoreScale", "model");

    @ParameterizedTest
    @CsvSource({
        "drain.timout, drain.timeout",
        "Start-Timeout, start.timeout",
        "score-scale, scoreScale",
        "modle, ",
        "modl, model",
        "genre.labels, "
    })
    void findsWhatWasMeant(String word, String meant) {
        assertEquals(Optional.ofNullable(meant), Nearest.to(word, KNOWN));
    }

    @Test
    void findsNothingAmongNothing() {
        assertEquals(Optional.empty(), Nearest.to("model", Set.of()));
    }
}
