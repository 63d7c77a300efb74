package org.atelier.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;

class CauseTest {

    private final Exception nested =
            new IllegalStateException("wrapped", new IOException("the disk\n  is full.", null));

    @Test
    void returnsTheInnermostCauseInOneLine() {
        assertEquals("IOException: the disk is full", Cause.of(nested));
    }

    @Test
    void readsAStackTrace() {
        StringWriter trace = new StringWriter();
        nested.printStackTrace(new PrintWriter(trace, true));

        assertEquals("IOException: the disk", Cause.of(trace.toString()));
    }

    @Test
    void returnsTheTypeWithoutAMessage() {
        assertEquals("NullPointerException", Cause.of(new NullPointerException()));
    }

    @Test
    void truncatesLongMessages() {
        assertEquals(404, Cause.of(new IllegalStateException("a".repeat(5000))).length());
    }

    @Test
    void prefersMessagesOfAtelier() {
        StringWriter trace = new StringWriter();
        Exception ours = new AtelierException(
                AtelierException.Code.INPUT_UNREADABLE, "The journal is spoilt. Move it away.", new IOException("bit"));
        new InvocationTargetException(ours).printStackTrace(new PrintWriter(trace));

        assertEquals("The journal is spoilt. Move it away", Cause.of(trace.toString()));
    }
}
