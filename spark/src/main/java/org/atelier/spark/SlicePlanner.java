package org.atelier.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides sets into slices of consecutive whole chunks.
 *
 * <p>A slice costs its own images and image 0 of a set without references, which every slice
 * generates. Three slices for each slot balance the load, so a slice has a third of what a slot
 * has to do. But a slice that repeats an image has at least nine of its own, so that at most a tenth of the work is done twice;
 * at least four or two, a fifth or a third, if slots would stay idle otherwise.
 */
final class SlicePlanner {

    private static final int SLICES_PER_SLOT = 3;
    private static final int[] LEAST_IMAGES = {9, 4, 2};

    private final int slots;
    private final Integer imagesPerSlice;

    /**
     * @param slots tasks that run at a time
     * @param imagesPerSlice in place of the rule; {@code null} for the rule
     */
    SlicePlanner(int slots, Integer imagesPerSlice) {
        this.slots = slots;
        this.imagesPerSlice = imagesPerSlice;
    }

    /** The slices of each set, by its name. */
    Map<String, List<ImageNumbers>> divide(List<CampaignSet> sets) {
        if (imagesPerSlice != null) {
            return divided(sets, imagesPerSlice, 1);
        }
        int images = sets.stream().mapToInt(CampaignSet::images).sum();
        int balanced = Math.max(1, images / (SLICES_PER_SLOT * slots));
        Map<String, List<ImageNumbers>> slices = Map.of();
        for (int least : LEAST_IMAGES) {
            slices = divided(sets, balanced, least);
            if (slices.values().stream().mapToInt(List::size).sum() >= slots) {
                break;
            }
        }
        return slices;
    }

    private static Map<String, List<ImageNumbers>> divided(List<CampaignSet> sets, int images, int least) {
        Map<String, List<ImageNumbers>> slices = new LinkedHashMap<>();
        for (CampaignSet set : sets) {
            int own = set.repeatsFirst() ? Math.max(images, least) : images;
            slices.put(set.name(), slices(set, Math.max(1, Math.round((float) set.images() / own))));
        }
        return slices;
    }

    /** At most so many slices, of about equal cost: each begins when its share of all images has been given to those before it. */
    private static List<ImageNumbers> slices(CampaignSet set, int count) {
        List<ImageNumbers> slices = new ArrayList<>();
        List<ImageNumbers> current = new ArrayList<>();
        int given = 0;
        for (ImageNumbers chunk : set.chunks()) {
            // Half of the next chunk beyond the share is as far from it as half of it before.
            double share = (double) set.images() * (slices.size() + 1) / count;
            if (!current.isEmpty() && given + chunk.count() / 2.0 > share) {
                slices.add(ImageNumbers.union(current));
                current.clear();
            }
            current.add(chunk);
            given += chunk.count();
        }
        slices.add(ImageNumbers.union(current));
        return slices;
    }
}
