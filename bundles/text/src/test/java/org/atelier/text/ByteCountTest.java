package org.atelier.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteCountTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 kB",
        "1, 1 kB",
        "999_001, 1000 kB",
        "967_999_999, 967 MB",
        "1_000_000_000, 1.0 GB",
        "6_938_040_682, 6.9 GB",
        "137_438_953_472, 137.4 GB"
    })
    void formatsByteCountsWithUnits(String bytes, String text) {
        assertEquals(text, ByteCount.of(Long.parseLong(bytes.replace("_", ""))));
    }
}
