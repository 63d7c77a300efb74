package org.atelier.cli.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import org.atelier.wire.ServerRecord;

/**
 * The page of a server, which a browser opens already authorised. The token is in the fragment of its address, which a browser
 * does not send. Command lines are visible to every user of a machine, so the browser receives the name of a file that only its
 * owner can read, which redirects to that address.
 *
 * @param data the data folder of the server
 */
public record ServerPage(URI server, Path data) {

    private static final String FILE = "open.html";

    /** Long enough for a browser that is not running yet. */
    private static final Duration KEPT = Duration.ofSeconds(60);

    private static final String REDIRECT = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="refresh" content="0; url=%1$s">
            <title>Atelier</title>
            <a href="%1$s">Atelier</a>
            </html>
            """;

    /** Returns the address of the page, without the token. */
    public URI address() {
        return server.resolve("/");
    }

    /** Returns the address of the page, with the token. */
    public URI authorisedAddress() throws IOException {
        String token = Files.readString(data.resolve(ServerRecord.TOKEN_FILE)).strip();
        return server.resolve("/#token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    /**
     * Opens the page in a browser. The file for it is deleted after a minute, or when this process ends in order.
     *
     * @return whether a browser was found
     */
    public boolean openIn(Browser browser) throws IOException {
        Path file = data.resolve(FILE);
        Files.deleteIfExists(file);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            channel.write(StandardCharsets.UTF_8.encode(REDIRECT.formatted(authorisedAddress())));
        }
        boolean opened = browser.open(file);
        if (opened) {
            deleteLater(file);
        } else {
            Files.deleteIfExists(file);
        }
        return opened;
    }

    /** Deletes the file for the browser, if it is still there. */
    public void close() throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }

    private static void deleteLater(Path file) {
        Timer timer = new Timer("deletes the redirection of a browser", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            timer.cancel();
                        }
                    }
                },
                KEPT.toMillis());
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
