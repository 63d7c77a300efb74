package org.atelier.cli.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.api.batch.BatchResult;
import org.atelier.api.batch.BatchSet;
import org.atelier.cli.terminal.PrettyJson;

/** Prints the sets of a batch, its folder last. */
public final class BatchReport {

    private BatchReport() {}

    /** Prints the resolved sets of a batch, and how many there are. */
    public static void printSets(Batch batch, PrintStream out, boolean json) {
        if (json) {
            JsonArray sets = new JsonArray();
            batch.sets().forEach(set -> sets.add(json(set)));
            PrettyJson.print(sets, out);
            return;
        }
        for (BatchSet set : batch.sets()) {
            out.println("%s  %s, seed %d"
                    .formatted(
                            set.name(),
                            images(set.request().items().size()),
                            set.request().seed()));
        }
        int images = batch.sets().stream()
                .mapToInt(set -> set.request().items().size())
                .sum();
        out.println(
                "%d %s, %s".formatted(batch.sets().size(), batch.sets().size() == 1 ? "set" : "sets", images(images)));
    }

    private static JsonObject json(BatchSet set) {
        JsonObject json = new JsonObject();
        json.addProperty("name", set.name());
        json.addProperty("images", set.request().items().size());
        json.addProperty("seed", set.request().seed());
        return json;
    }

    private static String images(int count) {
        return count + (count == 1 ? " image" : " images");
    }

    /**
     * Prints text or JSON.
     *
     * @param quiet whether to print only the folder
     */
    public static void print(BatchResult result, PrintStream out, boolean json, boolean quiet) {
        if (json) {
            printJson(result, out);
            return;
        }
        if (!quiet) {
            result.outcomes()
                    .forEach(outcome -> out.println(
                            outcome.name() + "  " + (outcome.isFailed() ? "failed" : images(outcome.images()))));
            out.println(result.record().getFileName());
            out.println(result.index().getFileName());
        }
        out.println(absolute(result.folder()));
    }

    private static void printJson(BatchResult result, PrintStream out) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", absolute(result.folder()));
        JsonArray sets = new JsonArray();
        result.outcomes().forEach(outcome -> sets.add(json(outcome)));
        json.add("sets", sets);
        json.addProperty("record", absolute(result.record()));
        json.addProperty("index", absolute(result.index()));
        PrettyJson.print(json, out);
    }

    private static JsonObject json(BatchOutcome outcome) {
        JsonObject json = new JsonObject();
        json.addProperty("name", outcome.name());
        json.addProperty("folder", absolute(outcome.folder()));
        if (outcome.isFailed()) {
            json.addProperty("code", outcome.code().name().toLowerCase(Locale.ROOT));
            json.addProperty("error", outcome.error());
        } else {
            json.addProperty("images", outcome.images());
        }
        return json;
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
