package org.atelier.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegularFileTest {

    private static final String SPECIAL =
            "a device, a pipe or a socket, not a regular file; copy what it gives to a file";

    @TempDir
    private Path folder;

    @Test
    void readsARegularFileAndALinkToOne() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertArrayEquals(new byte[] {1, 2, 3}, RegularFile.read(file, 3));
        assertArrayEquals(new byte[] {1, 2, 3}, RegularFile.read(link, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null", "/dev/full", "/dev/urandom"})
    void refusesADevice(String device) throws IOException {
        Path file = Path.of(device);
        assumeTrue(Files.exists(file));

        assertRefused(SPECIAL, file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertRefused(SPECIAL, link);
        Files.delete(link);
    }

    @Test
    void refusesAPipeWithoutOpeningIt() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        assertRefused(SPECIAL, pipe);
    }

    @Test
    void refusesASocket() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertRefused(SPECIAL, socket);
        }
    }

    @Test
    void saysWhyThereIsNoFile() throws IOException {
        assertRefused("no such file", folder.resolve("none"));
        assertRefused("a folder, not a file", folder);
        assertRefused(
                "a link to a file that does not exist",
                Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("none")));
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused("Not a directory", file.resolve("below"));
    }

    @Test
    void refusesMoreBytesThanAllowed() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[(1 << 20) + 1]);

        IOException fault = assertThrows(IOException.class, () -> RegularFile.read(file, 1 << 20));
        assertEquals("larger than 1 MiB", IoErrors.of(fault));
    }

    /** Linux says that its files of processes have no bytes. */
    @Test
    void boundsAFileWhoseSizeIsNotKnown() {
        Path file = Path.of("/proc/self/status");
        assumeTrue(Files.exists(file));

        IOException fault = assertThrows(IOException.class, () -> RegularFile.read(file, 4));
        assertTrue(IoErrors.of(fault).startsWith("larger than"), IoErrors.of(fault));
    }

    private static void assertRefused(String reason, Path file) {
        IOException fault = assertThrows(IOException.class, () -> RegularFile.read(file, 10));
        assertEquals(reason, IoErrors.of(fault));
    }
}
