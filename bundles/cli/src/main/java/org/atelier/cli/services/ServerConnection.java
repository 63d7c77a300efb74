package org.atelier.cli.services;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.server.Server;
import org.atelier.api.server.Servers;
import org.atelier.cli.terminal.Cancellation;

/**
 * Ateliers that live on: this one, and that of another process.
 *
 * @param data the folder of a server's data where the user names none
 * @param servers finds others
 * @param door where this one listens, once it does
 */
public record ServerConnection(Path data, Servers servers, Supplier<Optional<URI>> door) {

    private static final int PAUSE_MILLISECONDS = 100;

    /** Where this one listens; waits for that, within bounds and until it is asked to stop. */
    public Optional<URI> openDoor(Duration patience, Cancellation cancellation) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<URI> open = door.get();
        while (open.isEmpty() && System.nanoTime() < deadline && !cancellation.await(PAUSE_MILLISECONDS)) {
            open = door.get();
        }
        return open;
    }

    /** @param folder a server's data folder; {@code null} for the usual one */
    public Server server(Path folder) {
        return servers.of(folder == null ? data : folder);
    }
}
