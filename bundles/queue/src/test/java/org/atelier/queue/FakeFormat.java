package org.atelier.queue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Writes only the first prompt and the device of a request. */
final class FakeFormat implements RequestFormat {

    @Override
    public String write(SetRequest request) {
        JsonObject json = new JsonObject();
        json.addProperty("prompt", request.prompts().get(0));
        json.addProperty("device", request.execution().device());
        return json + "\n";
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of();
    }

    @Override
    public SetRequest readBack(String written) {
        JsonObject json = JsonParser.parseString(written).getAsJsonObject();
        return SetRequest.builder()
                .prompts(json.get("prompt").getAsString())
                .device(json.get("device").getAsString())
                .build();
    }

    @Override
    public SetRequest read(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SetRequest read(String text, String name) {
        throw new UnsupportedOperationException();
    }
}
