package org.atelier.explain;

import java.util.SortedMap;
import java.util.TreeMap;
import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.Preview;
import org.atelier.api.set.SetListener;
import org.atelier.html.EmbeddedImage;

/** Keeps the predictions of some images at some steps, and the latents of inverted references, as embedded images. */
final class Strips extends ForwardingListener {

    /** Images of a strip. */
    private static final int COUNT = 8;

    private static final int SIDE = 160;

    private final int images;
    private final SortedMap<Integer, SortedMap<Integer, String>> predictions = new TreeMap<>();
    private final SortedMap<Integer, SortedMap<Integer, String>> inversions = new TreeMap<>();

    /** @param images of later images no strips are kept */
    Strips(SetListener listener, int images) {
        super(listener);
        this.images = images;
    }

    @Override
    public void previewed(Preview preview) {
        super.previewed(preview);
        keep(preview, predictions);
    }

    @Override
    public void inverted(Preview preview) {
        super.inverted(preview);
        keep(preview, inversions);
    }

    private void keep(Preview preview, SortedMap<Integer, SortedMap<Integer, String>> strips) {
        boolean isNew = !strips.containsKey(preview.image());
        if (!isShown(preview.step(), preview.steps()) || (isNew && strips.size() == images)) {
            return;
        }
        String image = EmbeddedImage.jpeg(preview.decoder().get(), SIDE);
        strips.computeIfAbsent(preview.image(), number -> new TreeMap<>()).put(preview.step(), image);
    }

    /** Whether a step, from 1, is among those evenly spread from the first to the last. */
    static boolean isShown(int step, int steps) {
        for (int i = 0; i < COUNT; i++) {
            if (step == 1 + Math.round(i * (steps - 1) / (COUNT - 1.0))) {
                return true;
            }
        }
        return false;
    }

    /** The predictions of each image by step. */
    SortedMap<Integer, SortedMap<Integer, String>> predictions() {
        return predictions;
    }

    /** The latents of each reference by step of its inversion. */
    SortedMap<Integer, SortedMap<Integer, String>> inversions() {
        return inversions;
    }
}
