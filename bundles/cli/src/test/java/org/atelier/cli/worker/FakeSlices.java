package org.atelier.cli.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.Progress;
import org.atelier.api.set.Progress.Phase;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;

/** Records its calls and generates nothing. */
public final class FakeSlices implements SliceStudio {

    static final String INVERSION = "0".repeat(64);
    static final Path INPUT = Path.of("/in/reference.png");

    /** What each call throws; {@code null} for nothing. */
    RuntimeException fault;

    final List<SliceInputs> inputs = new ArrayList<>();
    final List<SetOutput> outputs = new ArrayList<>();
    boolean isReleased;

    @Override
    public SetDivision divide(SetRequest request, SetListener listener) {
        throwFault();
        return new SetDivision(
                request,
                3,
                List.of(ImageSelection.of(0, 0), ImageSelection.of(1, 2)),
                INVERSION,
                Map.of(INPUT, "1".repeat(64)));
    }

    @Override
    public void invert(SetRequest request, Map<Path, Path> files, Path inversions, SetListener listener) {
        throwFault();
        inputs.add(new SliceInputs(files, null));
        try {
            Files.writeString(inversions, "inverted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public GeneratedSet generate(SetRequest request, SliceInputs given, SetOutput output, SetListener listener) {
        throwFault();
        inputs.add(given);
        outputs.add(output);
        listener.noted("This model is a toy.");
        for (int step = 0; step <= 20; step++) {
            listener.progressed(new Progress(Phase.GENERATING, step, 20));
        }
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "Cancelled.");
        }
        Path folder = output.folder();
        return new GeneratedSet(
                folder,
                request,
                List.of(new GeneratedImage(1, "a cat", 7L, folder.resolve("001.png"), "2".repeat(64))),
                null,
                folder.resolve("set.json"),
                null);
    }

    private void throwFault() {
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public void release() {
        isReleased = true;
    }
}
