package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssembleCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void joinsSlices() {
        assertEquals(0, line.run("assemble", "first", "/second", "--out", "whole"), line.err());

        assertEquals(List.of(Path.of("/home/user/first"), Path.of("/second")), line.assembled);
        assertEquals(Path.of("/home/user/whole"), line.studio.folder);
        assertTrue(line.out().endsWith("/home/user/whole\n"), line.out());
        assertEquals("", line.err());
    }

    @Test
    void needsSlicesAndAFolder() {
        assertEquals(2, line.run("assemble"));

        assertTrue(line.err().contains("FOLDER") && line.err().contains("--out"), line.err());
        assertEquals(List.of(), line.assembled);
    }
}
