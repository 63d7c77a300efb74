package org.atelier.studio.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.files.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputFilesTest {

    @TempDir
    private Path root;

    private Path folder;
    private InputFiles inputs;

    @BeforeEach
    void createInputs() {
        folder = root.resolve("inputs");
        inputs = new InputFiles(folder);
    }

    @Test
    void returnsTheFirstContentOfAReplacedFile() throws IOException {
        Path file = Files.writeString(root.resolve("voice.wav"), "first");

        InputFile read = inputs.read(file, InputKind.CONTEXT);
        Files.writeString(file, "second");

        assertSame(read, inputs.read(root.resolve("./voice.wav"), InputKind.CONTEXT));
        assertEquals("first", Files.readString(read.copy()));
        assertEquals(Sha256.of("first".getBytes(StandardCharsets.UTF_8)), read.sha256());
        assertEquals(file, read.source());
        assertEquals("voice.wav", read.copy().getFileName().toString());
    }

    @Test
    void readsAFileOnce() throws Exception {
        Path file = Files.write(root.resolve("a.png"), new byte[] {1, 2, 3});
        try (FileReads reads = new FileReads()) {
            InputFile read = inputs.read(file, InputKind.IMAGE);

            assertSame(read, inputs.read(file, InputKind.IMAGE));
            assertEquals(3, Files.size(read.copy()));
            assertEquals(1, reads.times(file));
        }
    }

    @Test
    void copiesFilesOfTheSameNameSeparately() throws IOException {
        Path first = Files.writeString(Files.createDirectory(root.resolve("a")).resolve("x.png"), "a");
        Path second = Files.writeString(Files.createDirectory(root.resolve("b")).resolve("x.png"), "b");

        assertNotEquals(
                inputs.read(first, InputKind.IMAGE).copy(),
                inputs.read(second, InputKind.IMAGE).copy());
    }

    @Test
    void removesTheCopiesWhenItIsClosed() throws IOException {
        inputs.read(Files.writeString(root.resolve("a.txt"), "a"), InputKind.CONTEXT);
        assertThrows(AtelierException.class, () -> inputs.read(root, InputKind.CONTEXT));
        assertEquals(1, sets().size());

        inputs.close();
        inputs.close();

        assertEquals(List.of(), sets());
    }

    @Test
    void createsNoFolderIfNothingIsRead() {
        assertThrows(AtelierException.class, () -> inputs.read(root.resolve("none"), InputKind.CONTEXT));

        inputs.close();

        assertFalse(Files.exists(folder));
    }

    @Test
    void refusesUnreadableFiles() throws IOException {
        Path large = root.resolve("large.png");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(InputKind.IMAGE.maxBytes() + 1);
        }

        assertRefused(root.resolve("none.png") + ": no such file.", root.resolve("none.png"));
        assertRefused(root + ": a folder, not an image.", root);
        assertRefused(large + ": too large for an image, more than 256 MiB.", large);
    }

    /** A device may have no end, and opening a pipe waits for its writer. */
    @ParameterizedTest
    @EnumSource(InputKind.class)
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesDevicesAndPipesUnopened(InputKind kind) throws Exception {
        Path pipe = root.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        for (Path file : List.of(Path.of("/dev/zero"), pipe)) {
            AtelierException fault = assertThrows(AtelierException.class, () -> inputs.read(file, kind));
            assertEquals(Code.INPUT_UNREADABLE, fault.code());
            assertEquals(
                    file + ": a device, a pipe or a socket, not a regular file; copy what it gives to a file.",
                    fault.getMessage());
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void reportsCopiesThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(root.resolve("a.png"), "a");
        Files.writeString(folder, "in the way");

        AtelierException fault = assertThrows(AtelierException.class, () -> inputs.read(file, InputKind.IMAGE));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().startsWith(file + " cannot be copied to " + folder + ": "), fault.getMessage());
    }

    private void assertRefused(String message, Path file) {
        AtelierException fault = assertThrows(AtelierException.class, () -> inputs.read(file, InputKind.IMAGE));
        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertEquals(message, fault.getMessage());
    }

    private List<Path> sets() throws IOException {
        try (Stream<Path> sets = Files.list(folder)) {
            return sets.toList();
        }
    }
}
