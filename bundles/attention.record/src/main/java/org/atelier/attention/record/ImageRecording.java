package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.atelier.attention.record.ObservedKernels.Attended;

/**
 * The recording of one image at a layer and step.
 *
 * @param row of the image in the call
 */
record ImageRecording(AttentionCall call, Subjects subjects, int row) {

    /** Tokens of which the share of each part is recorded. */
    private static final int MOST_SHARES = 256;

    /**
     * Records the image.
     *
     * @param seen what the strategy attended with
     * @param attended its result, (image, head, token, channel)
     */
    TensorFile of(Attended seen, NDArray attended) {
        TensorFile file = Recording.begin(call, "image");
        file.put("image", call.images().get(row));
        NDArray query = mine(seen.query());
        List<Part> parts = seen.parts().stream().map(this::mine).toList();
        List<String> names = names(parts);
        moments(Heads::query, query).into(file, "query");
        if (names.contains("own")) {
            moments(Heads::key, parts.get(0).key()).into(file, "key");
        }
        List<Place> places = subjects.into(
                file, call.layer(), word -> call.maps().of(call.images().get(row), word));
        if (!names.isEmpty()) {
            places(file, places, query, parts, names);
            shares(file, "share.", query, parts, names);
        }
        if (names.contains("own") && names.size() > 1) {
            List<Part> unaligned = new ArrayList<>(parts);
            unaligned.set(0, Part.of(mine(call.own().key()), mine(call.own().value())));
            shares(file, "share-without-adain.", mine(call.own().query()), unaligned, names);
        }
        Recording.output(file, call.layer(), mine(attended));
        return file;
    }

    /** The image's row of a batch; the only row of what all images have in common. */
    private NDArray mine(NDArray batch) {
        return batch.getShape().get(0) == 1 ? batch : batch.get(row + ":" + (row + 1));
    }

    private Part mine(Part part) {
        NDArray biases = part.tokenBias() == null ? null : mine(part.tokenBias());
        return new Part(mine(part.key()), mine(part.value()), part.scoreBias(), biases);
    }

    /**
     * What the parts are: the image's own tokens or, if there are more, those of the set, and then the references in
     * order; or the references alone. Empty for a strategy with other parts.
     */
    private List<String> names(List<Part> parts) {
        int others = parts.size() - call.styles().size();
        List<String> names = new ArrayList<>();
        if (others != 0 && others != 1) {
            return names;
        }
        if (others == 1) {
            long tokens = call.own().key().getShape().get(2);
            names.add(parts.get(0).key().getShape().get(2) == tokens ? "own" : "set");
        }
        for (int number = 0; number < call.styles().size(); number++) {
            names.add(FeatureMoments.REFERENCE + number);
        }
        return names;
    }

    private FeatureMoments moments(Function<Heads, NDArray> kind, NDArray aligned) {
        FeatureMoments moments = new FeatureMoments();
        moments.add(FeatureMoments.OWN, Features.of(mine(kind.apply(call.own()))));
        moments.add(FeatureMoments.ALIGNED, Features.of(aligned));
        for (int number = 0; number < call.styles().size(); number++) {
            NDArray reference = kind.apply(call.styles().get(number).heads());
            moments.add(FeatureMoments.REFERENCE + number, Features.of(reference));
        }
        return moments;
    }

    /** Where the places look, a tensor (place, token) for each part. */
    private void places(TensorFile file, List<Place> places, NDArray query, List<Part> parts, List<String> names) {
        if (places.isEmpty()) {
            return;
        }
        AttentionLayer layer = call.layer();
        float[] coordinates = new float[2 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            file.put("place." + i, places.get(i).label());
            coordinates[2 * i] = (float) places.get(i).x();
            coordinates[2 * i + 1] = (float) places.get(i).y();
        }
        file.put("places", coordinates, places.size(), 2);
        long[] tokens = places.stream()
                .mapToLong(place -> place.token(layer.height(), layer.width()))
                .toArray();
        AttentionWeights weights = AttentionWeights.of(call.kernels(), Recording.tokens(query, tokens), parts);
        for (int i = 0; i < parts.size(); i++) {
            float[] ofPart = weights.parts().get(i);
            file.put("attention." + names.get(i), ofPart, places.size(), ofPart.length / places.size());
        }
    }

    /** How much of its attention each of evenly spaced tokens gives to each part. */
    private void shares(TensorFile file, String prefix, NDArray query, List<Part> parts, List<String> names) {
        Grid grid = Grid.of(call.layer().height(), call.layer().width(), MOST_SHARES);
        AttentionWeights weights = AttentionWeights.of(call.kernels(), Recording.tokens(query, grid.indices()), parts);
        for (int i = 0; i < parts.size(); i++) {
            file.put(prefix + names.get(i), weights.share(i), grid.height(), grid.width());
        }
    }
}
