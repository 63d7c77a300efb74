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
 * Access to servers: the one in this process and those of other processes.
 *
 * @param data the default data folder
 * @param servers connects to other processes
 * @param endpoint the address of the server in this process, once it listens
 * @param calls waits for servers in other processes
 * @param browser opens the page of the server in this process
 */
public record ServerConnection(
        Path data, Servers servers, Supplier<Optional<URI>> endpoint, ServerCalls calls, Browser browser) {

    private static final int PAUSE_MILLISECONDS = 100;

    /** Waits for the address of the server in this process; empty after the timeout or on cancellation. */
    public Optional<URI> awaitEndpoint(Duration timeout, Cancellation cancellation) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<URI> address = endpoint.get();
        while (address.isEmpty() && System.nanoTime() < deadline && !cancellation.await(PAUSE_MILLISECONDS)) {
            address = endpoint.get();
        }
        return address;
    }

    /** @param folder the data folder of the server; {@code null} for the default */
    public Server server(Path folder) {
        return calls.of(servers.of(folder == null ? data : folder));
    }
}
