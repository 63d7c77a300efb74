package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.atelier.launcher.exit.DeployedExit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleActivator;

class ExitCallsTest {

    private static final String TARGET = "org/atelier/launcher/exit/DeployedExit";

    /** Defines one class from its bytes. */
    private static final class Classes extends ClassLoader {

        Classes() {
            super(ExitCallsTest.class.getClassLoader());
        }

        Class<?> define(byte[] file) {
            return defineClass(null, file, 0, file.length);
        }
    }

    @Test
    void areRedirected() throws Exception {
        byte[] redirected =
                ExitCalls.redirected(file(ExitsAtItsStart.class), TARGET).orElseThrow();

        BundleActivator activator = (BundleActivator)
                new Classes().define(redirected).getConstructor().newInstance();
        SecurityException thrown = assertThrows(SecurityException.class, () -> activator.start(null));

        assertEquals(
                "it called System.exit(3), which would end Atelier; a deployed bundle may not do this",
                thrown.getMessage());
        assertEquals(DeployedExit.class.getName(), thrown.getStackTrace()[0].getClassName());
    }

    @ParameterizedTest
    @ValueSource(classes = {FailsToStart.class, RecordsItsStop.class, String.class, RunningFramework.class})
    void areNotFoundInOtherClasses(Class<?> other) throws IOException {
        assertEquals(Optional.empty(), ExitCalls.redirected(file(other), TARGET));
    }

    @Test
    void leaveADamagedClassAsItIs() throws IOException {
        byte[] file = file(ExitsAtItsStart.class);
        for (int length = 0; length < 200; length++) {
            assertEquals(Optional.empty(), ExitCalls.redirected(Arrays.copyOf(file, length), TARGET));
        }
    }

    @Test
    void changeNothingBehindTheConstants() throws IOException {
        byte[] file = file(ExitsAtItsStart.class);
        byte[] redirected = ExitCalls.redirected(file, TARGET).orElseThrow();
        int added = redirected.length - file.length;

        assertEquals(1 + 2 + TARGET.length() + 1 + 2, added);
        assertArrayEquals(
                Arrays.copyOfRange(file, file.length - 120, file.length),
                Arrays.copyOfRange(redirected, redirected.length - 120, redirected.length));
        assertTrue(ExitCalls.redirected(redirected, TARGET).isEmpty(), "none is left");
    }

    private static byte[] file(Class<?> type) throws IOException {
        try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return file.readAllBytes();
        }
    }
}
