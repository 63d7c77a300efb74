package org.atelier.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** Writes {@code batch.json}: the state of every set, as {@code atelier batch} does, and the number of threads. */
final class BatchRecord {

    static final String FILE = "batch.json";

    private static final int SCHEMA_VERSION = 1;

    private final CampaignPlan plan;
    private final int threads;
    private final OutputStore store;
    private final String attempt;

    BatchRecord(CampaignPlan plan, int threads, OutputStore store, String attempt) {
        this.plan = plan;
        this.threads = threads;
        this.store = store;
        this.attempt = attempt;
    }

    /** @param ended by name; a set without an entry is pending, unless it was complete before */
    void write(Map<String, TaskResult> ended) throws IOException {
        ObjectNode json = Json.object();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("threads", threads);
        ArrayNode sets = json.putArray("sets");
        for (PlannedSet set : plan.sets()) {
            TaskResult result = set.complete() ? TaskResult.DONE : ended.get(set.name());
            ObjectNode entry = sets.addObject();
            entry.put("name", set.name());
            entry.put("state", result == null ? "pending" : result.isFailed() ? "failed" : "complete");
            entry.put("seed", set.set().seed());
            if (result != null && result.isFailed()) {
                entry.put("code", result.code());
                entry.put("error", result.error());
            } else if (result != null) {
                entry.put("images", set.set().images());
            }
        }
        store.writeText(Json.pretty(json), FILE, attempt);
    }
}
