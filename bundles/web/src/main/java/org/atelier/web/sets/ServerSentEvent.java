package org.atelier.web.sets;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.atelier.web.http.ApiResponse;

/** Formats the events of one stream, and numbers them. */
final class ServerSentEvent {

    private long number;

    /** @param type of the event */
    byte[] of(String type, JsonObject data) {
        number++;
        return "id: %d\nevent: %s\ndata: %s\n\n"
                .formatted(number, type, ApiResponse.text(data))
                .getBytes(StandardCharsets.UTF_8);
    }
}
