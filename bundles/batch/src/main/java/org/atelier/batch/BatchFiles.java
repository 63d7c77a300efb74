package org.atelier.batch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.batch.BatchPlan.PlannedSet;
import org.atelier.html.HtmlText;
import org.atelier.html.OutputFolder;
import org.atelier.html.PageStyle;

/** The files beside the folders of the sets: the record and the page of a batch. */
final class BatchFiles {

    static final String RECORD = "batch.json";
    static final String INDEX = "index.html";

    private static final int SCHEMA_VERSION = 1;

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final OutputFolder folder;
    private final List<PlannedSet> sets;

    BatchFiles(Path folder, List<PlannedSet> sets) {
        this.folder = new OutputFolder(folder);
        this.sets = sets;
    }

    /**
     * Writes the record.
     *
     * @param outcomes by name; a set without one is pending
     */
    Path writeRecord(Map<String, BatchOutcome> outcomes) {
        JsonArray list = new JsonArray();
        for (PlannedSet set : sets) {
            JsonObject json = new JsonObject();
            json.addProperty("name", set.name());
            json.addProperty("state", state(outcomes.get(set.name())));
            json.addProperty("seed", set.request().seed());
            BatchOutcome outcome = outcomes.get(set.name());
            if (outcome != null && outcome.isFailed()) {
                json.addProperty("code", outcome.code().name().toLowerCase(Locale.ROOT));
                json.addProperty("error", outcome.error());
            } else if (outcome != null) {
                json.addProperty("images", outcome.images());
            }
            list.add(json);
        }
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", SCHEMA_VERSION);
        json.add("sets", list);
        return folder.write(RECORD, PRETTY.toJson(json) + "\n");
    }

    private static String state(BatchOutcome outcome) {
        if (outcome == null) {
            return "pending";
        }
        return outcome.isFailed() ? "failed" : "complete";
    }

    /** Writes the page: the contact sheet of every complete set, the fault of every other. */
    Path writeIndex(Map<String, BatchOutcome> outcomes) {
        StringBuilder body = new StringBuilder();
        for (PlannedSet set : sets) {
            String name = HtmlText.escaped(set.name());
            body.append("<section>\n<h2>").append(name).append("</h2>\n");
            BatchOutcome outcome = outcomes.get(set.name());
            if (outcome == null) {
                body.append("<p>Pending.</p>\n");
            } else if (outcome.isFailed()) {
                body.append("<p class=\"failed\">")
                        .append(HtmlText.escaped(outcome.error()))
                        .append("</p>\n");
            } else {
                String path = HtmlText.escaped(set.name().replace("%", "%25")) + "/contact-sheet.png";
                body.append("<a href=\"%s\"><img src=\"%s\" loading=\"lazy\" alt=\"%s\"></a>%n"
                        .formatted(path, path, name));
            }
            body.append("</section>\n");
        }
        return folder.write(INDEX, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Batch</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <h1>%d sets</h1>
                %s</main>
                </body>
                </html>
                """.formatted(PageStyle.with(BatchFiles.class, "index.css"), sets.size(), body));
    }
}
