package org.atelier.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan of a batch as its folder keeps it, so that the same command continues with the same seeds and slices.
 *
 * @param threads that generate an image; {@code null} if there is no plan yet
 * @param sets by name
 */
record StoredPlan(Integer threads, Map<String, Entry> sets) {

    static final String FILE = OutputStore.WORK + "/plan.json";

    private static final int VERSION = 1;

    /** A set and its slices. */
    record Entry(CampaignSet set, List<ImageNumbers> slices) {}

    StoredPlan {
        sets = Map.copyOf(sets);
    }

    /**
     * Reads the plan of a folder.
     *
     * @throws JobException if it is of another version
     */
    static StoredPlan read(OutputStore store) throws IOException {
        if (!store.exists(FILE)) {
            return new StoredPlan(null, Map.of());
        }
        JsonNode json = parsed(store);
        if (json.path("version").asInt() != VERSION) {
            throw unreadable(store, null);
        }
        Map<String, Entry> sets = new LinkedHashMap<>();
        for (JsonNode entry : json.path("sets")) {
            CampaignSet set = CampaignSet.read(entry);
            List<ImageNumbers> slices = new ArrayList<>();
            entry.path("slices").forEach(slice -> slices.add(ImageNumbers.parse(slice.asText())));
            sets.put(set.name(), new Entry(set, slices));
        }
        return new StoredPlan(json.path("threads").asInt(), sets);
    }

    private static JsonNode parsed(OutputStore store) throws IOException {
        String text = store.readText(FILE);
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw unreadable(store, e);
        }
    }

    private static JobException unreadable(OutputStore store, Exception cause) {
        return new JobException(
                "output_unwritable",
                "%s/%s: damaged, or written by another version of Atelier; continue with that version, or choose another folder."
                        .formatted(store.uri(), FILE),
                cause);
    }

    /** Writes a plan; sets that an earlier campaign had stay in it. */
    void write(CampaignPlan plan, int newThreads, OutputStore store, String attempt) throws IOException {
        Map<String, Entry> all = new LinkedHashMap<>(sets);
        plan.sets().forEach(set -> all.put(set.name(), new Entry(set.set(), set.slices())));
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("threads", newThreads);
        ArrayNode list = json.putArray("sets");
        all.values().forEach(entry -> {
            ObjectNode set = entry.set().json();
            ArrayNode slices = set.putArray("slices");
            entry.slices().forEach(slice -> slices.add(slice.toString()));
            list.add(set);
        });
        store.writeText(Json.line(json) + "\n", FILE, attempt);
    }
}
