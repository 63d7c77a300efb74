package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a slice until its set is assembled, beside its files.
 *
 * @param files relative to the folder of the set
 * @param record the text of the {@code set.json} of the slice
 */
record SliceRecord(List<String> files, String record) {

    SliceRecord {
        files = List.copyOf(files);
    }

    static SliceRecord parse(String text) throws IOException {
        JsonNode json = Json.parse(text);
        List<String> files = new ArrayList<>();
        json.path("files").forEach(file -> files.add(file.asText()));
        return new SliceRecord(files, json.path("record").asText());
    }

    String text() {
        ObjectNode json = Json.object();
        ArrayNode names = json.putArray("files");
        files.forEach(names::add);
        json.put("record", record);
        return Json.line(json) + "\n";
    }
}
