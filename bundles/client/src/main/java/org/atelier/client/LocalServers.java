package org.atelier.client;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.atelier.api.AtelierException;
import org.atelier.api.server.Server;
import org.atelier.api.server.Servers;
import org.atelier.api.set.RequestFormat;
import org.atelier.wire.FindingJson;
import org.atelier.wire.PluginJson;
import org.atelier.wire.ServerRecord;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Finds a server by the files in its data folder: its address, and the token that only its owner can read. */
@Component
public final class LocalServers implements Servers {

    /** The start time that a server writes may be slightly before the one that the operating system reports. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** A server that starts, stops, or replaces a plugin, is available again by then. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final String LOCK_FILE = "lock";

    private final RequestFormat format;
    private final Duration retry;

    /** {@code null} until the first call: most commands do not need it, and loading OkHttp takes a tenth of their start-up. */
    private OkHttpClient client;

    @Activate
    public LocalServers(@Reference RequestFormat format) {
        this(format, RETRY);
    }

    LocalServers(RequestFormat format, Duration retry) {
        this.format = format;
        this.retry = retry;
    }

    @Deactivate
    synchronized void close() {
        if (client != null) {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }

    private synchronized OkHttpClient client() {
        if (client == null) {
            client = ApiClient.httpClient();
        }
        return client;
    }

    /** The server wrote its record, so a connection is to that server exactly if it presents one of the recorded certificates. */
    private OkHttpClient client(ServerRecord record) {
        return record.address().getScheme().equals("https")
                ? new PinnedCertificates(Set.copyOf(record.certificates())).applyTo(client())
                : client();
    }

    @Override
    public Server of(Path data) {
        try {
            ServerRecord record = record(data);
            if (!isRunning(record)) {
                throw none(data, null);
            }
            ApiClient api = new ApiClient(client(record), record.address(), token(data, record), retry);
            return new Server(
                    record.address(),
                    new RemoteQueue(api, format),
                    () -> api.list("plugins", PluginJson::read),
                    () -> api.list("doctor", "findings", FindingJson::read));
        } catch (NoSuchFileException e) {
            throw lockHolder(data)
                    .map(pid -> removed(data, ServerRecord.FILE, pid))
                    .orElseGet(() -> none(data, e));
        } catch (IOException e) {
            throw unreadable(data, e);
        }
    }

    private static String token(Path data, ServerRecord record) throws IOException {
        try {
            return Files.readString(data.resolve(ServerRecord.TOKEN_FILE)).strip();
        } catch (NoSuchFileException e) {
            throw removed(data, ServerRecord.TOKEN_FILE, record.pid());
        }
    }

    /** Returns the running process that the lock of a data folder names: a server writes it before it listens. */
    private static Optional<Long> lockHolder(Path data) {
        try {
            long pid = Long.parseLong(Files.readString(data.resolve(LOCK_FILE)).strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.contains("java"))
                    .map(command -> pid);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static AtelierException removed(Path data, String file, long pid) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "Process %d serves the data folder %s, but the file %s is missing there; try again if the server has just started, else stop it (kill %d) and start it again: atelier serve"
                        .formatted(pid, data, file, pid));
    }

    private static ServerRecord record(Path data) throws IOException {
        String text = Files.readString(data.resolve(ServerRecord.FILE));
        try {
            return ServerRecord.read(JsonParser.parseString(text).getAsJsonObject());
        } catch (RuntimeException e) {
            // ServerRecord.read throws unchecked exceptions for all kinds of invalid content.
            throw unreadable(data, e);
        }
    }

    private static AtelierException unreadable(Path data, Exception cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "Cannot read the server files in %s: %s; start the server again: atelier serve"
                        .formatted(data, cause.getMessage()),
                cause);
    }

    /**
     * A killed server leaves its file behind, and another process may use its port by now; that process must not receive the
     * token. So the process of the record must be alive and must have started before it wrote the file.
     */
    private static boolean isRunning(ServerRecord record) {
        Optional<ProcessHandle> process = ProcessHandle.of(record.pid()).filter(ProcessHandle::isAlive);
        Optional<Instant> startTime = process.flatMap(handle -> handle.info().startInstant());
        return process.isPresent()
                && startTime
                        .map(start -> start.isBefore(record.started().plus(TOLERANCE)))
                        .orElse(true);
    }

    private static AtelierException none(Path data, Throwable cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "No Atelier server runs for the data folder %s; start one in another terminal: atelier serve"
                        .formatted(data),
                cause);
    }
}
