package org.atelier.client;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

/** Finds a server by what it leaves in its data folder: where it listens, and the token that only its user can read. */
@Component
public final class LocalServers implements Servers {

    /** A process may tell of its start a moment before the system does. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final RequestFormat format;

    /** Null until the first call: most commands never need it, and OkHttp takes a tenth of their start. */
    private OkHttpClient client;

    @Activate
    public LocalServers(@Reference RequestFormat format) {
        this.format = format;
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
            client = ApiClient.connections();
        }
        return client;
    }

    @Override
    public Server of(Path data) {
        try {
            ServerRecord record = record(data);
            if (!lives(record)) {
                throw none(data, null);
            }
            String token =
                    Files.readString(data.resolve(ServerRecord.TOKEN_FILE)).strip();
            URI address = URI.create("http://127.0.0.1:" + record.port());
            ApiClient door = new ApiClient(client(), address, token);
            return new Server(
                    address,
                    new RemoteQueue(door, format),
                    () -> door.list("plugins", PluginJson::read),
                    () -> door.list("doctor", "findings", FindingJson::read));
        } catch (NoSuchFileException e) {
            throw none(data, e);
        } catch (IOException e) {
            throw unreadable(data, e);
        }
    }

    private static ServerRecord record(Path data) throws IOException {
        String text = Files.readString(data.resolve(ServerRecord.FILE));
        try {
            return ServerRecord.read(JsonParser.parseString(text).getAsJsonObject());
        } catch (RuntimeException e) {
            // As it says that it throws, whatever is wrong with it.
            throw unreadable(data, e);
        }
    }

    private static AtelierException unreadable(Path data, Exception cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "What the server left in %s cannot be read: %s; start it again: atelier serve"
                        .formatted(data, cause.getMessage()),
                cause);
    }

    /**
     * A killed server leaves its file behind, and its port may be somebody else's by now, who must not be shown the token.
     * So its process must live, and have begun before it wrote the file.
     */
    private static boolean lives(ServerRecord record) {
        Optional<ProcessHandle> process = ProcessHandle.of(record.pid()).filter(ProcessHandle::isAlive);
        Optional<Instant> began = process.flatMap(handle -> handle.info().startInstant());
        return process.isPresent()
                && began.map(start -> start.isBefore(record.started().plus(TOLERANCE)))
                        .orElse(true);
    }

    private static AtelierException none(Path data, Throwable cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "No Atelier serves the data folder %s; start one in another terminal: atelier serve".formatted(data),
                cause);
    }
}
