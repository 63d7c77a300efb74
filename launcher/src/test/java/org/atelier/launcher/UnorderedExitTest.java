package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnorderedExitTest {

    @Test
    void namesTheCallerOfExit() {
        StackTraceElement plugin = frame("org.example.Painter", "paint");

        for (String type : new String[] {"java.lang.System", "java.lang.Runtime"}) {
            assertEquals(
                    Optional.of(plugin),
                    UnorderedExit.caller(stack(
                            frame("java.lang.Object", "wait"),
                            frame("java.lang.Thread", "join"),
                            frame("java.lang.ApplicationShutdownHooks", "runHooks"),
                            frame("java.lang.Shutdown", "exit"),
                            frame(type, "exit"),
                            plugin,
                            frame("java.lang.Thread", "run"))));
        }
    }

    @Test
    void namesNoOtherThread() {
        assertEquals(Optional.empty(), UnorderedExit.caller(stack()));
        assertEquals(
                Optional.empty(),
                UnorderedExit.caller(
                        stack(frame("java.lang.Runtime", "addShutdownHook"), frame("org.example.Painter", "paint"))));
        assertEquals(Optional.empty(), UnorderedExit.caller(stack(frame("java.lang.Shutdown", "exit"))));
    }

    private static StackTraceElement[] stack(StackTraceElement... frames) {
        return frames;
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "File.java", 1);
    }
}
