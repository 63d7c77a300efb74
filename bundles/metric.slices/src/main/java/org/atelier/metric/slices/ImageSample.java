package org.atelier.metric.slices;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Part;
import org.atelier.api.metric.MeasuringListener;

/**
 * The images of a set that are compared pixel by pixel. All of their points are in memory at once, and every image is
 * compared with every other, so a large set is represented by some of its images, spread evenly over it.
 */
public final class ImageSample {

    /** The most images that are compared. */
    static final int MOST = 100;

    private final MeasuredSet images;
    private final int of;

    /** The index in the whole set of each image. */
    private final List<Integer> indices;

    private ImageSample(MeasuredSet images, int of, List<Integer> indices) {
        this.images = images;
        this.of = of;
        this.indices = indices;
    }

    /** All images of a set of up to 100, else 100 of them; the first is always there. All references are kept. */
    public static ImageSample of(MeasuredSet set) {
        int all = set.images().size();
        int count = Math.min(all, MOST);
        List<Integer> indices = IntStream.range(0, count)
                .map(i -> (int) ((long) i * all / count))
                .boxed()
                .toList();
        MeasuredSet sample =
                new MeasuredSet(indices.stream().map(set.images()::get).toList(), set.references());
        return new ImageSample(sample, all, indices);
    }

    /** The images to be compared. */
    public MeasuredSet images() {
        return images;
    }

    /** Tells the user if images are left out. */
    public void note(String metric, MeasuringListener listener) {
        if (indices.size() < of) {
            listener.noted("The metric '%s' compares %d of the %d images, spread evenly over them."
                    .formatted(metric, indices.size(), of));
        }
    }

    /** Measurements of {@link #images}, whose parts have the indices of the whole set. */
    public List<Measurement> restored(List<Measurement> measurements) {
        return measurements.stream().map(this::restored).toList();
    }

    private Measurement restored(Measurement measured) {
        return new Measurement(
                measured.name(),
                measured.title(),
                measured.direction(),
                measured.value(),
                measured.deviation(),
                measured.parts().stream().map(this::restored).toList());
    }

    private Part restored(Part part) {
        return new Part(part.images().stream().map(indices::get).toList(), part.value());
    }
}
