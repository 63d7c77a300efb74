package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.SlicePlan;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.resolve.OpenedSet;

/**
 * The images of a run: all images of a set, or a slice.
 *
 * @param only the selected images, by number; {@code null} for all
 * @param items indices of the items that are generated, ascending: the selected ones, and those that they depend on
 */
record RunImages(ImageSelection only, List<Integer> items) {

    /** Makes a defensive copy. */
    RunImages {
        items = List.copyOf(items);
    }

    /** All images of a set. */
    static RunImages all(SetRequest request) {
        return new RunImages(
                null, IntStream.range(0, request.items().size()).boxed().toList());
    }

    /**
     * The selected images of a set.
     *
     * @param only {@code null} for all
     * @throws AtelierException {@code INVALID_REQUEST} if the set has no such image, or cannot be divided
     */
    static RunImages of(OpenedSet set, ImageSelection only) {
        SetRequest request = set.request();
        if (only == null) {
            return all(request);
        }
        int first = request.firstGenerated();
        int count = first + request.items().size();
        if (only.last() >= count) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There is no image %d: the set has the images 0 to %d, %s to %s; select some of these."
                            .formatted(
                                    only.last(),
                                    count - 1,
                                    SetFolder.imageName(0, count),
                                    SetFolder.imageName(count - 1, count)));
        }
        if (only.count() == count) {
            return new RunImages(only, all(request).items());
        }
        SlicePlan plan = new SlicePlan(GenerationSpecs.of(set), set.strategies().common());
        requireDivisible(plan, request);
        return new RunImages(
                only,
                plan.required(only.numbers()
                        .filter(number -> number >= first)
                        .map(number -> number - first)
                        .boxed()
                        .toList()));
    }

    /**
     * The images of a whole set that are generated together, by number; a reconstruction is one of its own. All images of a
     * set that cannot be divided.
     */
    static List<ImageSelection> chunks(OpenedSet set) {
        int first = set.request().firstGenerated();
        SlicePlan plan = new SlicePlan(GenerationSpecs.of(set), set.strategies().common());
        if (plan.isCoupled() || plan.hasDividedChunks()) {
            return List.of(ImageSelection.of(0, first + set.request().items().size() - 1));
        }
        List<ImageSelection> chunks = new ArrayList<>();
        if (first > 0) {
            chunks.add(ImageSelection.of(0, 0));
        }
        for (List<Integer> chunk : plan.chunks()) {
            chunks.add(new ImageSelection(chunk.stream()
                    .map(item -> new ImageSelection.Range(first + item, first + item))
                    .toList()));
        }
        return chunks;
    }

    private static void requireDivisible(SlicePlan plan, SetRequest request) {
        if (plan.isCoupled()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention '%s' couples all images of a set, so a slice would generate all of them; generate the whole set, or choose shared."
                            .formatted(request.sharing().attention()));
        }
        if (plan.hasDividedChunks()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The chunks of %d hold parts of several images, so a slice of this set needs chunks of one: give --chunk 1 for all slices."
                            .formatted(request.execution().chunk()));
        }
    }

    /** Whether not the whole set is written. */
    boolean isSlice() {
        return only != null;
    }

    /** Whether an image is written. */
    boolean writes(int number) {
        return only == null || only.contains(number);
    }

    /** The indices of the items whose images are written, ascending. */
    List<Integer> written(SetRequest request) {
        return items.stream()
                .filter(item -> writes(request.firstGenerated() + item))
                .toList();
    }
}
