package org.atelier.studio.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputCheckTest {

    private static final String LONG = "x".repeat(256);

    @TempDir
    private Path root;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectory(root.resolve("folder"));
        Files.createFile(root.resolve("file"));
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("circle"), root.resolve("circle"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("folder"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "link", "new", "new/a/b", "link/new", "überall"})
    void acceptsAFolderThatExistsOrCanBeCreated(String name) throws IOException {
        List<Path> before = files();

        OutputCheck.requireUsable(SetOutput.to(root.resolve(name)));

        assertEquals(before, files());
    }

    @ParameterizedTest
    @CsvSource({
        "file,is not a folder",
        "file/new,is not a folder",
        "dangling,is a link to",
        "dangling/new,is a link to",
        "circle,is a link to",
        "LONG,File name too long",
        "folder/LONG,File name too long",
        "new/LONG,File name too long",
        "new/LONG/new,File name too long",
        "DEEP,File name too long",
        "/proc/new,/proc/new cannot be written"
    })
    void refusesWhatCannotBeWritten(String name, String reason) {
        String named = name.replace("LONG", LONG).replace("DEEP", "deep/".repeat(1000));

        assertRefused(reason, SetOutput.to(root.resolve(named)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000.png", "0007.png", "000-b.png", "contact-sheet.png", "set.json", "control-canny.png"})
    void refusesFilesOfAnotherSet(String name) throws IOException {
        Files.createFile(root.resolve("folder").resolve(name));

        assertRefused("holds files of an earlier set (" + name + ")", SetOutput.to(root.resolve("folder")));
        assertRefused("holds files of an earlier set (" + name + ")", SetOutput.to(root.resolve("link")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder/pop.style", "set/pop.style", "link/pop.style"})
    void acceptsAStyleCardInAFolderThatExistsOrIsTheSets(String name) {
        OutputCheck.requireUsable(new SetOutput(root.resolve("set"), root.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "file,exists; choose another name",
        "dangling,exists; choose another name",
        "folder,exists; choose another name",
        "none/card,does not exist; create it",
        "dangling/card,is a link to",
        "file/card,is not a folder",
        "folder/LONG,File name too long",
        "set/000.png,is the name of a file of the set",
        "set/set.json,is the name of a file of the set",
        "set/set.journal,is the name of a file of the set",
        "/,exists"
    })
    void refusesAStyleCardThatCannotBeWritten(String name, String reason) {
        assertRefused(reason, new SetOutput(root.resolve("set"), root.resolve(name.replace("LONG", LONG))));
    }

    /** The folder of the set is refused before the set has done any work, as every front end does. */
    @Test
    void isMadeByEverySet() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> SetFolder.take(root.resolve("dangling"), new SetLocks()));

        assertTrue(fault.getMessage().contains("is a link to"), fault.getMessage());
    }

    private static void assertRefused(String reason, SetOutput output) {
        AtelierException fault = assertThrows(AtelierException.class, () -> OutputCheck.requireUsable(output));
        assertEquals(AtelierException.Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains(reason), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        }
    }
}
