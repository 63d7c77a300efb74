package org.atelier.it.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** A studio that returns the sets of the fixtures: {@code sketchbook-none} for unaligned sets, else {@code sketchbook-shared}. */
public final class FixtureStudio implements Studio {

    private final Path fixtures;
    private int generated;

    FixtureStudio(Path fixtures) {
        this.fixtures = fixtures;
    }

    /** The number of sets generated since the last call. */
    int generated() {
        int count = generated;
        generated = 0;
        return count;
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        return new FixtureSet(
                request.toBuilder().seed(1L).width(128).height(128).build());
    }

    private final class FixtureSet implements ResolvedSet {

        private final SetRequest request;

        FixtureSet(SetRequest request) {
            this.request = request;
        }

        @Override
        public SetRequest request() {
            return request;
        }

        @Override
        public List<String> unusedValues() {
            return List.of();
        }

        @Override
        public GeneratedSet generate(SetOutput output, SetListener listener) {
            return generated(request, output);
        }

        @Override
        public void close() {}
    }

    private GeneratedSet generated(SetRequest request, SetOutput output) {
        generated++;
        Path folder = fixtures.resolve(
                request.sharing().attention().equals("none") ? "sketchbook-none" : "sketchbook-shared");
        List<GeneratedImage> images = new ArrayList<>();
        for (int i = 0; i < request.items().size(); i++) {
            Path file = folder.resolve("00%d.png".formatted(i));
            images.add(new GeneratedImage(i, request.styledPrompt(i), 1L + i, file, "0".repeat(64)));
        }
        return new GeneratedSet(output.folder(), request, images, folder, folder, null);
    }

    @Override
    public void checkOutput(SetOutput output) {
        // Every output is accepted.
    }

    @Override
    public boolean hasSet(Path folder) {
        return false;
    }

    @Override
    public GeneratedSet resume(Path folder, SetListener listener) {
        throw unsupported();
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        throw unsupported();
    }

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        throw unsupported();
    }

    private static AtelierException unsupported() {
        return new AtelierException(Code.INVALID_REQUEST, "Only fixtures are generated here.");
    }
}
