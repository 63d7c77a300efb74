package org.atelier.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;

/**
 * Writes a record for each set, or a journal if the set is cancelled. A set in the style "unknown" does not resolve, one in
 * the style "failing" fails, one in the style "broken" fails unexpectedly.
 */
final class FakeStudio implements Studio, SliceStudio {

    static final String JOURNAL = "set.journal";

    /** "generate NAME SEED" or "resume NAME" for each call. */
    final List<String> calls = new ArrayList<>();

    /** Whether the networks of an earlier set were loaded, for each set. */
    final List<Boolean> hadNetworks = new ArrayList<>();

    /** Whether networks are loaded. */
    boolean hasNetworks;

    /** The random seed of the next request without one. */
    long nextSeed = 100;

    @Override
    public ResolvedSet open(SetRequest request) {
        if (request.style().equals("unknown")) {
            throw new AtelierException(Code.INVALID_REQUEST, "There is no such style; choose another.");
        }
        SetRequest resolved =
                request.seed() == null ? request.toBuilder().seed(nextSeed++).build() : request;
        return new ResolvedSet() {
            @Override
            public SetRequest request() {
                return resolved;
            }

            @Override
            public List<String> unusedValues() {
                return List.of();
            }

            @Override
            public GeneratedSet generate(SetOutput output, SetListener listener) {
                calls.add("generate " + output.folder().getFileName() + " " + resolved.seed());
                return written(resolved, output.folder(), listener);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public GeneratedSet generate(SetRequest request, SliceInputs inputs, SetOutput output, SetListener listener) {
        hadNetworks.add(hasNetworks);
        hasNetworks = true;
        return generate(request, output, listener);
    }

    @Override
    public void release() {
        hasNetworks = false;
    }

    @Override
    public SetDivision divide(SetRequest request, SetListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void invert(SetRequest request, Map<Path, Path> files, Path inversions, SetListener listener) {
        throw new UnsupportedOperationException();
    }

    private static GeneratedSet written(SetRequest request, Path folder, SetListener listener) {
        if (request.style().equals("failing")) {
            throw new AtelierException(Code.OUT_OF_MEMORY, "Not enough memory.");
        }
        if (request.style().equals("broken")) {
            throw new IllegalStateException("broken");
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(JOURNAL), "");
            listener.started(request);
            if (listener.cancelled()) {
                throw new AtelierException(Code.CANCELLED, "Cancelled; 0 images are finished.");
            }
            Files.delete(folder.resolve(JOURNAL));
            Files.writeString(folder.resolve("set.json"), "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<GeneratedImage> images = IntStream.range(0, request.items().size())
                .mapToObj(i -> new GeneratedImage(i, "", 1L, folder.resolve(i + ".png"), ""))
                .toList();
        return new GeneratedSet(folder, request, images, folder, folder, null);
    }

    @Override
    public void checkOutput(SetOutput output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasSet(Path folder) {
        return Files.exists(folder.resolve(JOURNAL)) || Files.exists(folder.resolve("set.json"));
    }

    @Override
    public GeneratedSet resume(Path folder, SetListener listener) {
        calls.add("resume " + folder.getFileName());
        return written(SetRequest.builder().prompts("a house").build(), folder, listener);
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        throw new UnsupportedOperationException();
    }
}
