package org.atelier.web.openai;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** Reads prompts, references and size, and keeps the text that it was given. */
final class RecordingFormat implements RequestFormat {

    /** The last request that was read. */
    volatile JsonObject last;

    @Override
    public String write(SetRequest request) {
        return "{}";
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of();
    }

    @Override
    public SetRequest readBack(String written) {
        return read(written, "");
    }

    @Override
    public SetRequest read(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SetRequest read(String text, String name) {
        last = JsonParser.parseString(text).getAsJsonObject();
        if (last.has("steps") && last.get("steps").getAsInt() < 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    name + ", line 1: $.steps: must be at least 1.\n" + name + ", line 1: $.x: no.");
        }
        SetRequestBuilder request = SetRequest.builder().width(64).height(32).seed(7L);
        List<String> prompts = new ArrayList<>();
        last.getAsJsonArray("items").forEach(item -> prompts.add(item.getAsString()));
        List<ReferenceFile> references = new ArrayList<>();
        if (last.has("references")) {
            for (JsonElement reference : last.getAsJsonArray("references")) {
                references.add(new ReferenceFile(
                        reference.getAsJsonObject().get("file").getAsString(), "", 1, null));
            }
        }
        return request.prompts(prompts.toArray(String[]::new))
                .references(references)
                .build();
    }
}
