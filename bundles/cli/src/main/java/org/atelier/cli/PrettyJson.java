package org.atelier.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.PrintStream;

/** JSON for programs that people read too. */
final class PrettyJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private PrettyJson() {}

    static void print(JsonElement json, PrintStream out) {
        out.println(GSON.toJson(json));
    }
}
