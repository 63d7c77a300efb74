package org.atelier.it.evaluation;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Writes only the attention of a request; does not read. */
public final class NamingFormat implements RequestFormat {

    @Override
    public String write(SetRequest request) {
        return "{\"attention\": \"%s\"}%n".formatted(request.sharing().attention());
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of();
    }

    @Override
    public SetRequest readBack(String written) {
        throw new UnsupportedOperationException();
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
