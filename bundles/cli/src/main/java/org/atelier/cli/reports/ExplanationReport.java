package org.atelier.cli.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import org.atelier.api.explain.Explanation;
import org.atelier.cli.terminal.PrettyJson;

/** Prints where an explanation is. */
public final class ExplanationReport {

    private final Explanation explanation;

    public ExplanationReport(Explanation explanation) {
        this.explanation = explanation;
    }

    public void printFile(PrintStream out) {
        out.println(absolute(explanation.page()));
    }

    public void printJson(PrintStream out) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", absolute(explanation.folder()));
        json.addProperty("page", absolute(explanation.page()));
        json.addProperty("recording", absolute(explanation.recording()));
        json.addProperty("seed", explanation.request().seed());
        JsonArray sets = new JsonArray();
        explanation.sets().forEach(set -> sets.add(absolute(set)));
        json.add("sets", sets);
        PrettyJson.print(json, out);
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
