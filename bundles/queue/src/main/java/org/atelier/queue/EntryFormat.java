package org.atelier.queue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Writes and reads entries as JSON on one line: the name of the event, then the components of the record. */
final class EntryFormat {

    private static final String EVENT = "event";

    /** How many characters of an entry an error message shows. */
    private static final int SHOWN = 80;

    private static final Map<String, Class<? extends Entry>> KINDS = Map.of(
            "recorded", Entry.Recorded.class,
            "started", Entry.Started.class,
            "cancelled", Entry.Cancelled.class,
            "stopped", Entry.Stopped.class,
            "suspended", Entry.Suspended.class,
            "crashed", Entry.Crashed.class,
            "ended", Entry.Ended.class,
            "resumed", Entry.Resumed.class,
            "forgotten", Entry.Forgotten.class);

    private final Gson gson;

    EntryFormat(RequestFormat requests) {
        this.gson = new GsonBuilder()
                .disableHtmlEscaping()
                .registerTypeAdapter(SetRequest.class, (JsonSerializer<SetRequest>)
                        (request, type, context) -> JsonParser.parseString(requests.write(request)))
                .registerTypeAdapter(SetRequest.class, (JsonDeserializer<SetRequest>)
                        (json, type, context) -> requests.readBack(json.toString()))
                .registerTypeHierarchyAdapter(
                        Path.class, (JsonSerializer<Path>) (path, type, context) -> new JsonPrimitive(path.toString()))
                .registerTypeHierarchyAdapter(
                        Path.class, (JsonDeserializer<Path>) (json, type, context) -> Path.of(json.getAsString()))
                .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>)
                        (instant, type, context) -> new JsonPrimitive(instant.toString()))
                .registerTypeAdapter(Instant.class, (JsonDeserializer<Instant>)
                        (json, type, context) -> Instant.parse(json.getAsString()))
                .create();
    }

    String write(Entry entry) {
        JsonObject json = new JsonObject();
        json.addProperty(EVENT, event(entry));
        gson.toJsonTree(entry).getAsJsonObject().asMap().forEach(json::add);
        return gson.toJson(json);
    }

    /** @throws AtelierException {@code INPUT_UNREADABLE} if the line is not an entry that this version supports */
    Entry read(String line) {
        try {
            return entry(line);
        } catch (AtelierException e) {
            throw e;
        } catch (RuntimeException e) {
            // Gson and the records throw various exceptions for missing and unknown values.
            throw new AtelierException(
                    AtelierException.Code.INPUT_UNREADABLE,
                    "This version of Atelier does not support the entry: %s ..."
                            .formatted(line.substring(0, Math.min(line.length(), SHOWN))),
                    e);
        }
    }

    private Entry entry(String line) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        Class<? extends Entry> kind = KINDS.get(json.get(EVENT).getAsString());
        if (kind == null) {
            throw new AtelierException(
                    AtelierException.Code.INPUT_UNREADABLE,
                    "This version of Atelier does not support the event '%s'."
                            .formatted(json.get(EVENT).getAsString()));
        }
        return gson.fromJson(json, kind);
    }

    private static String event(Entry entry) {
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().isInstance(entry))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
