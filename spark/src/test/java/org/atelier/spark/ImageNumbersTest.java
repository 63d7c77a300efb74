package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageNumbersTest {

    @Test
    void rangesAreReadAndWritten() {
        assertEquals(List.of(0, 4, 5, 6, 9), ImageNumbers.parse("4-6,0,9").sorted());
        assertEquals("0,4-6,9", ImageNumbers.parse("4-6,0,9").toString());
        assertEquals(
                "0-5",
                ImageNumbers.union(List.of(ImageNumbers.parse("3-5"), ImageNumbers.parse("0-3")))
                        .toString());
    }
}
