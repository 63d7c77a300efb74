package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** A studio that generates plain images with a brightness given by the seed; it accepts only the style "pop art". */
final class GenerationNothing implements Studio {

    private static final int SIDE = 8;

    final List<SetRequest> generated = new ArrayList<>();

    /** The brightness of every image of a set, by the number of the set; else the images' seeds are. */
    IntUnaryOperator levels;

    private final class PlainSet implements ResolvedSet {

        private final SetRequest request;

        PlainSet(SetRequest request) {
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
            return generated(request, output, listener);
        }

        @Override
        public void close() {}
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        if (!request.style().equals("pop art")) {
            throw new AtelierException(INVALID_REQUEST, "No such style.");
        }
        return new PlainSet(request.toBuilder()
                .seed(request.seed() == null ? 5L : request.seed())
                .width(SIDE)
                .height(SIDE)
                .cfgScale(5)
                .build());
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
        throw new AtelierException(INVALID_REQUEST, "Nothing is begun here.");
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        throw new AtelierException(INVALID_REQUEST, "Nothing is described here.");
    }

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        throw new AtelierException(INVALID_REQUEST, "Nothing is preprocessed here.");
    }

    private GeneratedSet generated(SetRequest request, SetOutput output, SetListener listener) {
        Path folder = output.folder();
        if (listener.cancelled()) {
            throw new AtelierException(CANCELLED, "Cancelled.");
        }
        int number = generated.size();
        generated.add(request);
        listener.noted("This model is a toy.");
        List<GeneratedImage> images = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < request.prompts().size(); i++) {
                Path file = folder.resolve("00" + i + ".png");
                ImageIO.write(
                        plain(levels == null ? (int) (request.seed() + i) : levels.applyAsInt(number)),
                        "png",
                        file.toFile());
                int index = request.firstGenerated() + i;
                images.add(
                        new GeneratedImage(index, request.styledPrompt(i), request.seed() + i, file, "0".repeat(64)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GeneratedSet(
                folder, request, images, folder.resolve("contact-sheet.png"), folder.resolve("set.json"), null);
    }

    private static BufferedImage plain(int level) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, level * 0x010101);
            }
        }
        return image;
    }
}
