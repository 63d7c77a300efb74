package org.atelier.doctor.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.doctor.LoggedEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @Test
    void checksTheDiskOfAMissingFolder(@TempDir Path folder) {
        Path later = folder.resolve("a/b/c");

        List<String> entries =
                LoggedEntries.of(new DiskSpace(folder, later, folder, folder, Optional::empty).execute());

        assertEquals(4, entries.size());
        assertTrue(
                entries.get(1).matches("(OK|WARN|CRITICAL) " + later + ": .*[GM]B free for fetched models\\..*"),
                entries.get(1));
    }

    @Test
    void checksTheDisksOfAServerAndItsJobs(@TempDir Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.createFile(data.resolve("lock"));
        List<Path> outputs =
                List.of(data.resolve("sets/one"), folder.resolve("a/1"), folder.resolve("a/2"), folder.resolve("b/3"));

        List<String> entries =
                LoggedEntries.of(new DiskSpace(folder, folder, folder, data, () -> Optional.of(outputs)).execute());

        assertEquals(6, entries.size());
        assertTrue(
                entries.get(3).matches("(OK|WARN|CRITICAL) " + data + ": .*B free for jobs and logs of a server\\..*"),
                entries.get(3));
        assertTrue(entries.get(4).contains(folder.resolve("a") + ": "), entries.get(4));
        assertTrue(entries.get(5).contains(folder.resolve("b") + ": "), entries.get(5));
    }

    @Test
    void findsThatTheDataFolderOfARunningServerWasRemoved(@TempDir Path folder) {
        Path data = folder.resolve("data");
        String removed = "CRITICAL " + data + ": The data folder was removed or replaced while the server runs";

        List<String> server =
                LoggedEntries.of(new DiskSpace(folder, folder, folder, data, () -> Optional.of(List.of())).execute());
        List<String> command = LoggedEntries.of(new DiskSpace(folder, folder, folder, data, Optional::empty).execute());

        assertEquals(
                1, server.stream().filter(entry -> entry.startsWith(removed)).count(), server.toString());
        assertEquals(
                0, command.stream().filter(entry -> entry.startsWith(removed)).count(), command.toString());
    }
}
