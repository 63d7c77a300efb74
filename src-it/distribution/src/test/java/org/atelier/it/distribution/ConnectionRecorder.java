package org.atelier.it.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections that a command tries to open to other machines: all of them go to a SOCKS proxy on this machine, which
 * refuses them, and no name has an address.
 */
final class ConnectionRecorder implements AutoCloseable {

    private final ServerSocket proxy;
    private final Path hosts;
    private final AtomicInteger connections = new AtomicInteger();

    /** @param folder for a file of addresses */
    ConnectionRecorder(Path folder) throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
        Thread thread = new Thread(this::refuseAll, "connection recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /** The environment of a command whose connections are counted. */
    Map<String, String> environment() {
        return Map.of(
                "HF_HUB_OFFLINE",
                "0",
                "JAVA_OPTS",
                "-DsocksProxyHost=127.0.0.1 -DsocksProxyPort=%d -Djdk.net.hosts.file=%s"
                        .formatted(proxy.getLocalPort(), hosts));
    }

    int connections() {
        return connections.get();
    }

    private void refuseAll() {
        while (!proxy.isClosed()) {
            try {
                Socket socket = proxy.accept();
                connections.incrementAndGet();
                socket.close();
            } catch (IOException e) {
                if (!proxy.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
