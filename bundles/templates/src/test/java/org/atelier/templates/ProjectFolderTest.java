package org.atelier.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {

    @TempDir
    private Path work;

    @Test
    void isMadeWithTheFoldersAboveIt() throws IOException {
        Path folder = work.resolve("plugins/mine");
        new ProjectFolder(folder).write(Map.of(Path.of("src/A.java"), "class Ä {}"));

        assertEquals("class Ä {}", Files.readString(folder.resolve("src/A.java")));
        assertEquals(List.of(folder), list(folder.getParent()));
    }

    @Test
    void isLeftAloneWhereItIsThere() throws IOException {
        Path folder = Files.createDirectory(work.resolve("mine"));
        AtelierException fault =
                assertThrows(AtelierException.class, () -> new ProjectFolder(folder).write(Map.of(Path.of("a"), "a")));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(folder + " already exists; choose another folder or move it.", fault.getMessage());
        assertEquals(List.of(), list(folder));
    }

    /** A file and a folder of one name: the second cannot be written. */
    @Test
    void leavesNothingBehindWhereItCannotBeFinished() throws IOException {
        ProjectFolder folder = new ProjectFolder(work.resolve("mine"));
        Map<Path, String> impossible = Map.of(Path.of("a"), "a", Path.of("a/b"), "b");
        AtelierException fault = assertThrows(AtelierException.class, () -> folder.write(impossible));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(List.of(), list(work));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
