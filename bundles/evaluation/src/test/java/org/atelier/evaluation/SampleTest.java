package org.atelier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void hasMeanDeviationAndStandardError() {
        // Deviations from 5: -3, -1, 1, 3; squares 20, of 3 degrees of freedom.
        Sample sample = new Sample(2, 4, 6, 8);

        assertEquals(5, sample.mean());
        assertEquals(2.581988897, sample.deviation(), 1e-9);
        assertEquals(1.290994449, sample.standardError(), 1e-9);
    }

    @Test
    void hasNoErrorForOneValue() {
        Sample sample = new Sample(3);

        assertEquals(3, sample.mean());
        assertNull(sample.deviation());
        assertNull(sample.standardError());
    }

    @Test
    void comparesMeans() {
        assertEquals(0.5, new Sample(1, 2).ratioTo(new Sample(2, 4)));
        assertNull(new Sample(1).ratioTo(new Sample(0)));
        assertNull(new Sample(1).ratioTo(new Sample()));
        assertNull(new Sample().ratioTo(new Sample(1)));
        assertTrue(Double.isNaN(new Sample().mean()));
    }
}
