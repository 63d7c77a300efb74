package org.atelier.text;

import static org.atelier.text.ClosestMatch.OF_NAMES;
import static org.atelier.text.ClosestMatch.OF_SIMILAR_NAMES;
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
    void findsTheClosestName(String word, String meant) {
        assertEquals(Optional.ofNullable(meant), OF_SIMILAR_NAMES.of(word, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"modle, model", "mole, model", "mule, ", "genre.labels, "})
    void isMoreTolerantIfTheWordMustBeAName(String word, String meant) {
        assertEquals(Optional.ofNullable(meant), OF_NAMES.of(word, KNOWN));
    }

    @Test
    void prefersTheFirstInAlphabeticalOrder() {
        assertEquals(Optional.of("card"), OF_NAMES.of("cord", Set.of("cold", "card")));
    }

    @Test
    void findsNothingWithoutNames() {
        assertEquals(Optional.empty(), OF_NAMES.of("model", Set.of()));
    }
}
