package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;

/**
 * Decides which images are generated for some images of a set, so that these have the same bytes as in the whole set. The
 * last bits of an image depend on the size of its chunk, so the images of a chunk are generated together: a slice
 * generates the whole chunks of its images, and the first image if it is the reference of the others.
 */
public final class SlicePlan {

    private final GenerationSpec set;
    private final AttentionStrategy common;
    private final Coupling coupling;

    /**
     * What the images of a chunk have in common.
     *
     * @param width of the image, in pixels
     * @param height of the image, in pixels
     */
    private record Group(AttentionStrategy strategy, int width, int height, int firstStep) {}

    /**
     * @param set all images of the set
     * @param common strategy of images that have none of their own
     */
    public SlicePlan(GenerationSpec set, AttentionStrategy common) {
        this.set = set;
        this.common = common;
        this.coupling = couplingOf(set, common);
    }

    private static Coupling couplingOf(GenerationSpec set, AttentionStrategy common) {
        List<Coupling> all = set.images().stream()
                .map(image -> strategy(image, common).coupling())
                .toList();
        if (all.contains(Coupling.SET)) {
            return Coupling.SET;
        }
        return all.contains(Coupling.REFERENCES) ? Coupling.REFERENCES : Coupling.NONE;
    }

    private static AttentionStrategy strategy(ImageSpec image, AttentionStrategy common) {
        return image.strategy() == null ? common : image.strategy();
    }

    /** Whether every image depends on all others, so that a slice would need all of them. */
    public boolean isCoupled() {
        return coupling == Coupling.SET;
    }

    /**
     * Whether chunks may hold a part of an image, so that chunks of several images follow from the windows and regions of
     * all of them.
     */
    public boolean hasDividedChunks() {
        return set.chunk() > 1
                && set.images().stream()
                        .anyMatch(image ->
                                image.grid() != null || !image.regions().isEmpty());
    }

    /**
     * Returns the images to generate; for a set without divided chunks, or with chunks of one image.
     *
     * @param wanted indices of images
     * @return indices, ascending: those of the wanted images, and of all that these need
     */
    public List<Integer> required(Collection<Integer> wanted) {
        TreeSet<Integer> required = new TreeSet<>();
        for (List<Integer> chunk : chunks()) {
            if (chunk.stream().anyMatch(wanted::contains)) {
                required.addAll(chunk);
            }
        }
        if (followsFirst() && !required.isEmpty()) {
            required.add(0);
        }
        return List.copyOf(required);
    }

    /** Whether the first image is the reference of the others, with a chunk of its own. */
    private boolean followsFirst() {
        return coupling == Coupling.REFERENCES && set.references() == null;
    }

    /**
     * Returns the images that are generated together in the whole set; for a set without divided chunks, or with chunks of
     * one image.
     *
     * @return indices of images, each once; all images together if they depend on each other
     */
    public List<List<Integer>> chunks() {
        if (isCoupled()) {
            return List.of(IntStream.range(0, set.images().size()).boxed().toList());
        }
        List<List<Integer>> chunks = new ArrayList<>();
        if (followsFirst()) {
            chunks.add(List.of(0));
        }
        Map<Group, List<Integer>> groups = new LinkedHashMap<>();
        for (int image = followsFirst() ? 1 : 0; image < set.images().size(); image++) {
            groups.computeIfAbsent(group(set.images().get(image)), first -> new ArrayList<>())
                    .add(image);
        }
        for (List<Integer> group : groups.values()) {
            for (int first = 0; first < group.size(); first += set.chunk()) {
                chunks.add(group.subList(first, Math.min(group.size(), first + set.chunk())));
            }
        }
        return chunks;
    }

    private Group group(ImageSpec image) {
        return new Group(strategy(image, common), image.width(), image.height(), image.firstStep());
    }
}
