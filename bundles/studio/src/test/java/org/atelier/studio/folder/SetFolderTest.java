package org.atelier.studio.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetFolderTest {

    @TempDir
    private Path root;

    private final SetLocks locks = new SetLocks();

    @Test
    void namesImagesIndependentlyOfTheLocale() {
        Locale own = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("007.png", SetFolder.imageName(7, 8));
        } finally {
            Locale.setDefault(own);
        }
    }

    @Test
    void removesTheFolderOfASetWithoutFiles() throws IOException {
        SetFolder.take(root.resolve("a/b/c"), locks).close();

        assertEquals(List.of(), names(root));
    }

    @Test
    void keepsAnExistingFolder() throws IOException {
        Path folder = Files.createDirectory(root.resolve("mine"));

        SetFolder.take(folder, locks).close();

        assertTrue(Files.isDirectory(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000.png", "1234.png", "set.json", "contact-sheet.png"})
    void refusesAnEarlierSet(String earlier) throws IOException {
        Files.createFile(root.resolve(earlier));

        AtelierException fault = assertThrows(AtelierException.class, () -> SetFolder.take(root, locks));

        assertEquals(AtelierException.Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains("an earlier set (" + earlier + ")"), fault.getMessage());
        assertEquals(List.of(earlier), names(root));
    }

    @Test
    void removesFilesOfAKilledProcessOnly() throws IOException {
        Files.createFile(root.resolve("003.png.part"));
        Files.createFile(root.resolve("set.journal.part"));
        Files.createFile(root.resolve("set.journal"));
        Files.createFile(root.resolve("set.lock"));
        Files.createFile(root.resolve("notes.txt"));
        Files.createFile(root.resolve("download.part"));

        SetFolder.take(root, locks).close();

        assertEquals(List.of("download.part", "notes.txt"), names(root));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsTheLockWhenThisProcessTriesToLockAgain() throws Exception {
        SetFolder first = SetFolder.take(root, locks);
        try (first) {
            assertThrows(AtelierException.class, () -> SetFolder.take(root, locks));

            assertEquals(List.of(ProcessHandle.current().pid()), holders(root.resolve("set.lock")));
        }
    }

    /** The processes that have a lock of a file. */
    private static List<Long> holders(Path file) throws IOException {
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .filter(lock -> lock.contains(inode))
                .map(lock -> Long.valueOf(lock.split("\\s+")[4]))
                .toList();
    }

    @Test
    void keepsADanglingLink() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("nowhere"));

        assertThrows(AtelierException.class, () -> SetFolder.take(link, locks));

        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void cannotBeLockedTwice() {
        SetFolder first = SetFolder.take(root, locks);
        try (first) {
            AtelierException fault = assertThrows(AtelierException.class, () -> SetFolder.take(root, locks));
            assertTrue(fault.getMessage().contains("a set is being generated there"), fault.getMessage());
            assertThrows(AtelierException.class, () -> SetFolder.takeStarted(root, locks));
            assertTrue(Files.exists(root.resolve("set.lock")), "the first holds it still");
        }
        SetFolder.take(root, locks).close();
    }

    @Test
    void refusesAFolderBelowAFile() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        AtelierException fault = assertThrows(AtelierException.class, () -> SetFolder.take(file.resolve("set"), locks));

        assertEquals(AtelierException.Code.OUTPUT_UNWRITABLE, fault.code());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void numbersImagesSoThatTheyStayInOrder() {
        assertEquals("000.png", SetFolder.imageName(0, 4));
        assertEquals("999.png", SetFolder.imageName(999, 1000));
        assertEquals("0007.png", SetFolder.imageName(7, 1001));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
