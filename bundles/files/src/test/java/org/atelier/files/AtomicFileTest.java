package org.atelier.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour on a full disk: the temporary file is a device that accepts no data. */
@EnabledOnOs(OS.LINUX)
class AtomicFileTest {

    @TempDir
    private Path folder;

    private Path full() throws IOException {
        return Files.createSymbolicLink(folder.resolve("set.json.part"), Path.of("/dev/full"));
    }

    @Test
    void removesTheProbeOnAFullDisk() throws IOException {
        Path unfinished = full();

        assertThrows(IOException.class, () -> AtomicFile.probe(folder.resolve("set.json")));

        assertFalse(Files.isSymbolicLink(unfinished));
    }

    @Test
    void keepsTheExistingFileOnAFullDisk() throws IOException {
        Path file = Files.writeString(folder.resolve("set.json"), "before");
        Path unfinished = full();

        assertThrows(IOException.class, () -> AtomicFile.write(file, out -> out.write(1)));

        assertEquals("before", Files.readString(file));
        assertFalse(Files.isSymbolicLink(unfinished));
    }
}
