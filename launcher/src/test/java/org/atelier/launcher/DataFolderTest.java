package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    private static final String OWN = Long.toString(ProcessHandle.current().pid());

    private final Path folder;

    DataFolderTest(@TempDir Path temporary) {
        folder = temporary.resolve("some/data");
    }

    @Test
    void isAccessibleToItsOwnerOnly() throws IOException {
        DataFolder held = DataFolder.lock(folder);
        try (held) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lock"))));
            assertEquals(OWN, Files.readString(folder.resolve("lock")));
        }
    }

    @Test
    void isLockedByOneProcessAtATime() {
        DataFolder held = DataFolder.lock(folder);
        try (held) {
            CannotStartException fault =
                    assertThrows(CannotStartException.class, () -> DataFolder.lock(folder, Duration.ZERO));

            assertTrue(fault.getMessage().contains("process " + OWN + ", uses"), fault.getMessage());
            assertTrue(fault.getMessage().contains("stop it with kill " + OWN), fault.getMessage());
            assertEquals(1, fault.getMessage().lines().count());
        }
        DataFolder.lock(folder).close();
    }

    @Test
    void waitsForAnEndingProcess() throws Exception {
        DataFolder held = DataFolder.lock(folder);
        CompletableFuture<DataFolder> next =
                CompletableFuture.supplyAsync(() -> DataFolder.lock(folder, Duration.ofMinutes(1)));

        held.close();

        next.get(1, TimeUnit.MINUTES).close();
    }

    @Test
    void ignoresTheLockFileOfAKilledProcess() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("lock"), "4194304000000");

        DataFolder held = DataFolder.lock(folder);
        try (held) {
            assertEquals(OWN, Files.readString(folder.resolve("lock")));
        }
    }

    @Test
    void namesTheRemedyIfItCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.getParent().getParent().resolve("file"));

        CannotStartException fault =
                assertThrows(CannotStartException.class, () -> DataFolder.lock(file.resolve("data")));

        assertTrue(fault.getMessage().endsWith("choose another with --data"), fault.getMessage());
    }
}
