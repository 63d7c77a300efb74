package org.atelier.doctor.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.atelier.doctor.LoggedEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @Test
    void checksTheDiskOfAMissingFolder(@TempDir Path folder) {
        Path later = folder.resolve("a/b/c");

        List<String> entries = LoggedEntries.of(new DiskSpace(folder, later, folder).execute());

        assertEquals(3, entries.size());
        assertTrue(
                entries.get(1).matches("(OK|WARN|CRITICAL) " + later + ": .*[GM]B free for fetched models\\..*"),
                entries.get(1));
    }
}
