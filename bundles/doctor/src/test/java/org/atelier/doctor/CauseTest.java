package org.atelier.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CauseTest {

    private final Exception nested =
            new IllegalStateException("wrapped", new IOException("the disk\n  is full.", null));

    @Test
    void isTheInnermostInOneLine() {
        assertEquals("IOException: the disk is full", Cause.of(nested));
    }

    @Test
    void isReadFromAStackTraceToo() {
        StringWriter trace = new StringWriter();
        nested.printStackTrace(new PrintWriter(trace, true));

        assertEquals("IOException: the disk", Cause.of(trace.toString()));
    }

    @Test
    void hasNoMessageAtTimes() {
        assertEquals("NullPointerException", Cause.of(new NullPointerException()));
    }

    @Test
    void isCutWhenItIsLong() {
        assertEquals(404, Cause.of(new IllegalStateException("a".repeat(5000))).length());
    }
}
