package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of a campaign, resolved.
 *
 * @param name of its folder
 * @param given SHA-256 of the request as the campaign gives it
 * @param request in the format of {@code set.json}, with everything that another machine needs
 * @param images number of images
 * @param chunks images that are generated together; their last bits depend on it
 * @param inversion equal for sets whose references have the same inversions; {@code null} if nothing is inverted
 * @param inputs files that generating it reads
 */
record CampaignSet(
        String name,
        String given,
        JsonNode request,
        int images,
        List<ImageNumbers> chunks,
        String inversion,
        List<Input> inputs) {

    /**
     * A file that generating a set reads.
     *
     * @param path as the request has it
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    record Input(String path, String sha256) {}

    CampaignSet {
        chunks = List.copyOf(chunks);
        inputs = List.copyOf(inputs);
    }

    long seed() {
        return request.path("seed").asLong();
    }

    /** Reads an element of a worker's list of resolved sets. */
    static CampaignSet read(JsonNode json) {
        List<ImageNumbers> chunks = new ArrayList<>();
        json.path("chunks").forEach(chunk -> chunks.add(ImageNumbers.parse(chunk.asText())));
        List<Input> inputs = new ArrayList<>();
        json.path("inputs")
                .forEach(input -> inputs.add(new Input(
                        input.path("path").asText(), input.path("sha256").asText())));
        return new CampaignSet(
                json.path("name").asText(),
                json.path("given").asText(),
                json.path("request"),
                json.path("images").asInt(),
                chunks,
                json.path("inversion").textValue(),
                inputs);
    }

    /** The inverse of {@link #read}. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("given", given);
        json.set("request", request);
        json.put("images", images);
        ArrayNode texts = json.putArray("chunks");
        chunks.forEach(chunk -> texts.add(chunk.toString()));
        json.put("inversion", inversion);
        ArrayNode files = json.putArray("inputs");
        inputs.forEach(input -> files.addObject().put("path", input.path()).put("sha256", input.sha256()));
        return json;
    }
}
