package org.atelier.web.sets;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Reads a request as one prompt per line. Text that begins with {@code $} is an error message with a JSON path. */
public final class FakeFormat implements RequestFormat {

    @Override
    public String write(SetRequest request) {
        return "{\"items\": " + new Gson().toJson(request.prompts()) + "}";
    }

    @Override
    public SetRequest read(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of();
    }

    @Override
    public SetRequest readBack(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SetRequest read(String text, String name) {
        if (text.startsWith("$")) {
            throw new AtelierException(Code.INVALID_REQUEST, name + ", line 1: " + text);
        }
        return SetRequest.builder().prompts(text.lines().toArray(String[]::new)).build();
    }
}
