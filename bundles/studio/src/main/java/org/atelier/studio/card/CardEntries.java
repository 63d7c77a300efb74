package org.atelier.studio.card;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Supplier;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.files.Sha256;
import org.atelier.requests.Json;

/** The entries of an archive with trajectories, as they are added, and their description as JSON. */
final class CardEntries {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final JsonArray trajectories = new JsonArray();
    private final JsonArray timesteps = new JsonArray();

    /** Adds an entry unless one of that name exists. */
    void addOnce(String name, Supplier<byte[]> content) {
        entries.computeIfAbsent(name, missing -> content.get());
    }

    void add(ReferenceTrajectories references) {
        references.timesteps().forEach(timesteps::add);
        for (ReferenceTrajectory trajectory : references.trajectories()) {
            String name = CardArchive.reference(trajectories.size());
            entries.put(name, trajectory.latents().toSafetensors(CardWriter.LATENTS));
            JsonObject json = new JsonObject();
            json.addProperty("file", name);
            json.addProperty("prompt", trajectory.prompt());
            json.addProperty("weight", trajectory.weight());
            trajectories.add(json);
        }
    }

    /**
     * Returns the archive.
     *
     * @param text the description, without the entries; they are added to it
     */
    CardArchive archive(JsonObject text) {
        if (!trajectories.isEmpty()) {
            text.add("timesteps", timesteps);
            text.add("trajectories", trajectories);
        }
        JsonArray hashes = new JsonArray();
        for (Entry<String, byte[]> entry : entries.entrySet()) {
            JsonObject hash = new JsonObject();
            hash.addProperty("file", entry.getKey());
            hash.addProperty("sha256", Sha256.of(entry.getValue()));
            hashes.add(hash);
        }
        text.add("entries", hashes);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(CardArchive.TEXT, Json.pretty(text).getBytes(StandardCharsets.UTF_8));
        all.putAll(entries);
        return new CardArchive(all);
    }
}
