package org.atelier.cli.worker;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import org.atelier.api.AtelierException;

/** Prints the events of a worker, each as one line of JSON. */
final class WorkerOutput {

    /** The version of the protocol; it changes when a client of an earlier one would no longer work. */
    private static final int PROTOCOL = 1;

    private static final String EVENT = "event";

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final PrintStream out;

    WorkerOutput(PrintStream out) {
        this.out = out;
    }

    /** Whether events can no longer be printed: nobody reads them. */
    boolean isBroken() {
        return out.checkError();
    }

    void ready(String version) {
        JsonObject event = new JsonObject();
        event.addProperty(EVENT, "ready");
        event.addProperty("protocol", PROTOCOL);
        event.addProperty("version", version);
        print(event);
    }

    /** @param phase the unit is that of the phase */
    void progress(JsonElement id, String phase, int done, int total) {
        JsonObject event = event(id, "progress");
        event.addProperty("phase", phase);
        event.addProperty("done", done);
        event.addProperty("total", total);
        print(event);
    }

    /** @param fields what the command results in */
    void result(JsonElement id, JsonObject fields) {
        JsonObject event = event(id, "result");
        fields.entrySet().forEach(field -> event.add(field.getKey(), field.getValue()));
        print(event);
    }

    /** @param id {@link JsonNull} if the command has none */
    void error(JsonElement id, AtelierException fault) {
        error(id, fault.code().name().toLowerCase(Locale.ROOT), fault.getMessage());
    }

    void error(JsonElement id, String code, String message) {
        JsonObject event = event(id, "error");
        event.addProperty("code", code);
        event.addProperty("message", message);
        print(event);
    }

    private static JsonObject event(JsonElement id, String name) {
        JsonObject event = new JsonObject();
        event.add("id", id);
        event.addProperty(EVENT, name);
        return event;
    }

    private void print(JsonObject event) {
        out.println(GSON.toJson(event));
    }
}
