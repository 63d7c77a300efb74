package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DoneSlicesTest {

    @Test
    void sliceThatTwoAttemptsStoreCountsOnce() {
        DoneSlices done = new DoneSlices();
        DoneSlices first = done.copy();
        DoneSlices second = done.copy();
        first.add(DoneSlices.id("set", "0-3"));
        second.add(DoneSlices.id("set", "0-3"));
        second.add(DoneSlices.id("set", "4-7"));

        done.merge(first);
        done.merge(second);

        assertEquals(Set.of("set/0-3", "set/4-7"), done.value());
        done.reset();
        assertTrue(done.isZero());
    }
}
