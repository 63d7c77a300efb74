package org.atelier.studio;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.studio.resolve.ModelInspector;
import org.atelier.studio.resolve.ResolvedSet;
import org.atelier.studio.resolve.SetStrategies;

/** Fills every picture with a colour of its seed. */
public final class FakeImageGenerator implements ImageGenerator, ModelInspector {

    /** Index of the picture before which drawing fails; none. */
    public int failsBefore = -1;

    /** What references are found to be; none. */
    public ReferenceTrajectories inverted;

    /** How many references are kept apart. */
    int reconstructions;

    /** The numbers of the pictures that were made, in order. */
    final List<Integer> decoded = new ArrayList<>();

    @Override
    public List<String> dtypes() {
        return List.of("float32", "bfloat16");
    }

    @Override
    public Limits limits(ModelConfiguration model) {
        return new Limits(4, 1000);
    }

    /** It reads eight words. */
    @Override
    public String truncated(ModelConfiguration model, String prompt) {
        return Arrays.stream(prompt.split(" ")).skip(8).collect(Collectors.joining(" "));
    }

    /** One in the middle. */
    @Override
    public List<AttentionLayer> attentionLayers(ModelConfiguration model, int width, int height) {
        return List.of(new AttentionLayer(Kind.SELF, 0, 1, "mid", 1, height / 4, width / 4));
    }

    @Override
    public void draw(
            ResolvedSet settled,
            SetStrategies strategies,
            Sampler sampler,
            StyleBlend blend,
            Checkpoint checkpoint,
            SetListener listener,
            ImageSink gallery) {
        SetRequest request = settled.request();
        settled.trajectories().or(() -> Optional.ofNullable(inverted)).ifPresent(gallery::followed);
        for (int i = 0; i < reconstructions; i++) {
            gallery.reconstruction(() -> decoded(request, 0), i, reconstructions);
        }
        for (int i = 0; i < request.items().size(); i++) {
            if (listener.cancelled()) {
                throw new AtelierException(Code.CANCELLED, "Cancelled.");
            }
            if (i == failsBefore) {
                throw new AtelierException(Code.OUT_OF_MEMORY, "Too large.");
            }
            int number = request.firstDrawn() + i;
            gallery.picture(() -> decoded(request, number), i);
        }
    }

    private BufferedImage decoded(SetRequest request, int number) {
        decoded.add(number);
        return picture(request, number);
    }

    static BufferedImage picture(SetRequest request, int index) {
        BufferedImage picture = new BufferedImage(
                request.sampling().width(), request.sampling().height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color((int) (request.seed() + index) * 0x2f1d0b));
        pen.fillRect(0, 0, request.sampling().width(), request.sampling().height());
        pen.dispose();
        return picture;
    }
}
