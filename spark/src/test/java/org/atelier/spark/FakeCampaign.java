package org.atelier.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A campaign file for a {@link FakeWorker}. */
final class FakeCampaign {

    private final Path folder;
    private final ObjectNode json = Json.object();
    private final ArrayNode sets = json.putArray("sets");

    FakeCampaign(Path folder) {
        this.folder = folder;
    }

    /** Adds a set of prompts: chunks of one image, of which the first is the reference. @return its request, to be changed */
    ObjectNode addPrompts(String name, int images, int seed) {
        return add(name, images, seed);
    }

    /** Adds a set with a reference. @return its request, to be changed */
    ObjectNode addReference(String name, int images, int seed, Path reference, String sha256) {
        ObjectNode request = add(name, images, seed);
        request.putArray("inputs").add(reference.toString());
        ObjectNode set = (ObjectNode) sets.get(sets.size() - 1);
        set.put("inversion", sha256);
        set.putArray("inputs").addObject().put("path", reference.toString()).put("sha256", sha256);
        return request;
    }

    private ObjectNode add(String name, int images, int seed) {
        ObjectNode set = sets.addObject();
        set.put("name", name);
        set.put("given", "given " + name);
        set.put("images", images);
        ArrayNode chunks = set.putArray("chunks");
        for (int image = 0; image < images; image++) {
            chunks.add(Integer.toString(image));
        }
        ObjectNode request = set.putObject("request");
        request.put("seed", seed);
        request.put("images", images);
        request.put("log", log().toString());
        return request;
    }

    /** Says that the campaign gives another request for the set that was added last. */
    void changeGiven() {
        ((ObjectNode) sets.get(sets.size() - 1)).put("given", "another");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** @return the file */
    Path write() throws IOException {
        return Files.writeString(folder.resolve("campaign.json"), Json.pretty(json));
    }
}
