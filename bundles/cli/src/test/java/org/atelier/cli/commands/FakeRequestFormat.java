package org.atelier.cli.commands;

import java.nio.file.Path;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** Reads one request from every file. */
record FakeRequestFormat(SetRequest recipe) implements RequestFormat {

    @Override
    public String write(SetRequest request) {
        return "request of " + request.prompts() + " seed " + request.seed() + "\n";
    }

    @Override
    public SetRequest readBack(String written) {
        return recipe;
    }

    @Override
    public SetRequest read(Path file) {
        return recipe;
    }

    @Override
    public SetRequest read(String text, String name) {
        return recipe;
    }
}
