package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Reads the same request from every file. */
record FakeRequestFormat(SetRequest requestFile) implements RequestFormat {

    @Override
    public String write(SetRequest request) {
        return "{\"request of\": \"" + request.prompts() + " seed " + request.seed() + "\"}\n";
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of("steps", "41", "cfg_scale", "what suits", "controls.scale", "0.7");
    }

    @Override
    public SetRequest readBack(String written) {
        return requestFile;
    }

    @Override
    public SetRequest read(Path file) {
        return requestFile;
    }

    @Override
    public SetRequest read(String text, String name) {
        return requestFile;
    }
}
