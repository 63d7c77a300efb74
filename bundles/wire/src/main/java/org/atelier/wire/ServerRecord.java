package org.atelier.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The address of a server, which it writes to its data folder.
 *
 * @param pid its process
 * @param address by which processes of this machine reach it: {@code http} or {@code https}, host and port
 * @param certificates the SHA-256 digests of the certificates that it may present, in hexadecimal digits; empty for HTTP
 * @param started time when it started to accept connections
 * @param version of Atelier
 */
public record ServerRecord(long pid, URI address, List<String> certificates, Instant started, String version) {

    /** The name of the file with this record. */
    public static final String FILE = "server.json";

    /** The name of the file with the access token, in hexadecimal digits. */
    public static final String TOKEN_FILE = "token";

    private static final int MAX_PORT = 65_535;

    /** Rejects null values and addresses without a valid port. */
    public ServerRecord {
        if (address.getPort() < 1 || address.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("The port must be from 1 to 65535, not " + address.getPort());
        }
        Objects.requireNonNull(address.getHost(), "host");
        certificates = List.copyOf(certificates);
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(version, "version");
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("pid", pid);
        json.addProperty("port", address.getPort());
        json.addProperty("address", address.toString());
        JsonArray digests = new JsonArray();
        certificates.forEach(digests::add);
        json.add("certificates", digests);
        json.addProperty("started", started.toString());
        json.addProperty("version", version);
        return json;
    }

    /** @throws RuntimeException if it is not a server record */
    public static ServerRecord read(JsonObject json) {
        Members members = new Members(json);
        return new ServerRecord(
                json.get("pid").getAsLong(),
                members.as("address", value -> URI.create(value.getAsString())),
                members.list("certificates", JsonElement::getAsString),
                members.instant("started"),
                members.text("version"));
    }
}
