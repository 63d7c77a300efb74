package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapReleaseTest {

    @ParameterizedTest
    @CsvSource({"100, 0", "511, 0", "512, 1", "3800, 1"})
    void collectsOnlyAGrownHeap(long megabytes, int collections) {
        List<String> collected = new ArrayList<>();

        new HeapRelease(() -> megabytes << 20, () -> collected.add("full")).release();

        assertEquals(collections, collected.size());
    }
}
