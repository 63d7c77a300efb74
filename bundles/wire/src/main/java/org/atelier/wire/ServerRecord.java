package org.atelier.wire;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a server can be found, as it leaves it in its data folder.
 *
 * @param pid its process
 * @param port where it listens, on 127.0.0.1
 * @param started when it opened
 * @param version of Atelier
 */
public record ServerRecord(long pid, int port, Instant started, String version) {

    /** The name of the file that holds it. */
    public static final String FILE = "server.json";

    /** The name of the file that holds what a caller must know: hexadecimal digits. */
    public static final String TOKEN_FILE = "token";

    private static final int MOST_PORT = 65_535;

    /** Nothing of it is missing. */
    public ServerRecord {
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException("there is no port " + port);
        }
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(version, "version");
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("pid", pid);
        json.addProperty("port", port);
        json.addProperty("started", started.toString());
        json.addProperty("version", version);
        return json;
    }

    /** @throws RuntimeException if that is none */
    public static ServerRecord read(JsonObject json) {
        Members members = new Members(json);
        return new ServerRecord(
                json.get("pid").getAsLong(),
                members.number("port"),
                members.instant("started"),
                members.text("version"));
    }
}
