package org.atelier.wire;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * The address of a server, which it writes to its data folder.
 *
 * @param pid its process
 * @param port its port on 127.0.0.1
 * @param started time when it started to accept connections
 * @param version of Atelier
 */
public record ServerRecord(long pid, int port, Instant started, String version) {

    /** The name of the file with this record. */
    public static final String FILE = "server.json";

    /** The name of the file with the access token, in hexadecimal digits. */
    public static final String TOKEN_FILE = "token";

    private static final int MAX_PORT = 65_535;

    /** Rejects null values and invalid ports. */
    public ServerRecord {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("The port must be from 1 to 65535, not " + port);
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

    /** @throws RuntimeException if it is not a server record */
    public static ServerRecord read(JsonObject json) {
        Members members = new Members(json);
        return new ServerRecord(
                json.get("pid").getAsLong(),
                members.number("port"),
                members.instant("started"),
                members.text("version"));
    }
}
