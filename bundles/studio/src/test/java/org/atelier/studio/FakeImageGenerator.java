package org.atelier.studio;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.studio.resolve.OpenedSet;

/** Fills every image with a colour that depends on its seed. */
public final class FakeImageGenerator implements ImageGenerator {

    /** The index of the image before which generation fails; -1 for none. */
    public int failsBefore = -1;

    /** The trajectories of inverted references; {@code null} for none. */
    public ReferenceTrajectories inverted;

    /** Whether networks would stay loaded. */
    boolean keepsNetworks;

    /** The number of threads. */
    int threads = 1;

    /** The number of reconstructions. */
    int reconstructions;

    /** The colour of the first pixel of every reference image and control image, in order. */
    final List<Integer> seen = new ArrayList<>();

    /** The numbers of the decoded images, in order. */
    final List<Integer> decoded = new ArrayList<>();

    @Override
    public void generate(OpenedSet set, RunImages images, Checkpoint checkpoint, SetListener listener, ImageSink sink) {
        SetRequest request = set.request();
        if (set.trajectories().isEmpty()) {
            request.references()
                    .images()
                    .forEach(reference ->
                            seen.add(set.image(reference.file()).upright().getRGB(0, 0)));
        }
        set.controls()
                .controls()
                .forEach(control -> control.images().values().forEach(image -> seen.add(image.getRGB(0, 0))));
        set.trajectories().or(() -> Optional.ofNullable(inverted)).ifPresent(sink::trajectories);
        for (int i = 0; i < reconstructions && images.writes(0); i++) {
            sink.reconstruction(() -> decoded(request, 0), i, reconstructions);
        }
        for (int i : images.written(request)) {
            if (listener.cancelled()) {
                throw new AtelierException(Code.CANCELLED, "Cancelled.");
            }
            if (i == failsBefore) {
                throw new AtelierException(Code.OUT_OF_MEMORY, "Too large.");
            }
            int number = request.firstGenerated() + i;
            sink.image(() -> decoded(request, number), i);
        }
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public ReferenceTrajectories invert(OpenedSet set, SetListener listener) {
        return inverted;
    }

    @Override
    public void keepNetworks() {
        keepsNetworks = true;
    }

    @Override
    public void releaseNetworks() {
        keepsNetworks = false;
    }

    private BufferedImage decoded(SetRequest request, int number) {
        decoded.add(number);
        return image(request, number);
    }

    static BufferedImage image(SetRequest request, int index) {
        BufferedImage image = new BufferedImage(
                request.sampling().width(), request.sampling().height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color((int) (request.seed() + index) * 0x2f1d0b));
        pen.fillRect(0, 0, request.sampling().width(), request.sampling().height());
        pen.dispose();
        return image;
    }
}
