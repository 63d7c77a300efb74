package org.atelier.explain;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Inversion;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.Preview;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** A studio of plain images, with previews of every step, and with recordings for the attention {@code record}. */
final class FakeStudio implements Studio {

    static final int STEPS = 10;

    private static final int SIDE = 16;

    final List<SetRequest> generated = new ArrayList<>();

    /** The attention that is refused; {@code null} for none. */
    String refused;

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
            try {
                return generated(request, output.folder(), listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        if (request.sharing().attention().equals(refused)) {
            throw new AtelierException(INVALID_REQUEST, refused + " is refused.");
        }
        Inversion inversion = request.inversion();
        return new PlainSet(request.toBuilder()
                .seed(request.seed() == null ? 5L : request.seed())
                .width(SIDE)
                .height(SIDE)
                .steps(STEPS)
                .sampler("ddim")
                .cfgScale(5)
                .inversionMethod(inversion.method() == null ? InversionMethod.DDIM : inversion.method())
                .inversionCfg(2.0)
                .build());
    }

    private GeneratedSet generated(SetRequest request, Path folder, SetListener listener) throws IOException {
        if (listener.cancelled()) {
            throw new AtelierException(CANCELLED, "Cancelled.");
        }
        generated.add(request);
        listener.noted("This model is a <toy>.");
        Files.createDirectories(folder);
        List<GeneratedImage> images = new ArrayList<>();
        if (!request.references().isEmpty()) {
            images.add(image(folder, 0, "the reference", null));
            for (int step = 1; step <= STEPS; step++) {
                listener.inverted(new Preview(0, step, STEPS, () -> plain(100)));
            }
        }
        for (int step = 1; step <= STEPS; step++) {
            for (int i = 0; i < request.items().size(); i++) {
                int level = step * 10 + i;
                listener.previewed(new Preview(request.firstGenerated() + i, step, STEPS, () -> plain(level)));
            }
        }
        for (int i = 0; i < request.items().size(); i++) {
            int number = request.firstGenerated() + i;
            images.add(image(folder, number, request.styledPrompt(i), request.seed() + number));
        }
        if (request.sharing().attention().equals("record")) {
            Path recording =
                    Path.of(request.sharing().attentionOptions().get("to").toString());
            // Recordings count images by prompts; image 0 has none where it is the reference of the others.
            RecordingFile.writeSet(
                    recording,
                    request.references().isEmpty() ? 1 : 0,
                    request.items().size());
        }
        return new GeneratedSet(
                folder, request, images, folder.resolve("contact-sheet.png"), folder.resolve("set.json"), null);
    }

    private static GeneratedImage image(Path folder, int number, String prompt, Long seed) throws IOException {
        Path file = folder.resolve("00" + number + ".png");
        ImageIO.write(plain(40 * number), "png", file.toFile());
        return new GeneratedImage(number, prompt, seed, file, "0".repeat(64));
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
}
