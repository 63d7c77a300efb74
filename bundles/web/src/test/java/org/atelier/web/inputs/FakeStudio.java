package org.atelier.web.inputs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** A studio that only preprocesses: its result is white and of the requested size. */
public final class FakeStudio implements Studio {

    public final List<ControlInput> preprocessed = new ArrayList<>();

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        if (control.kind().equals("unknown")) {
            throw new AtelierException(AtelierException.Code.INVALID_REQUEST, "There is no control 'unknown'.");
        }
        preprocessed.add(control);
        BufferedImage image =
                new BufferedImage(width == null ? 3 : width, height == null ? 2 : height, BufferedImage.TYPE_BYTE_GRAY);
        try {
            ImageIO.write(image, "png", out.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkOutput(SetOutput output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasSet(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GeneratedSet resume(Path folder, SetListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        throw new UnsupportedOperationException();
    }
}
