package org.atelier.requests;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

/** Writes JSON: indented in files, on one line in images. */
public final class Json {

    /** The schema version of requests, records and image metadata. */
    public static final int SCHEMA_VERSION = 1;

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    public static String pretty(JsonObject object) {
        return PRETTY.toJson(object) + "\n";
    }

    public static String compact(JsonObject object) {
        return COMPACT.toJson(object);
    }
}
