package org.atelier.doctor.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestMatchTest {

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
        assertEquals(Optional.ofNullable(meant), ClosestMatch.to(word, KNOWN));
    }

    @Test
    void findsNothingAmongNothing() {
        assertEquals(Optional.empty(), ClosestMatch.to("model", Set.of()));
    }
}
