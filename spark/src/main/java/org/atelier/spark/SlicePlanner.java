package org.atelier.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides sets into slices of consecutive whole chunks.
 *
 * <p>A slice costs its own images and about one image more: each slice generates image 0 as the reference of the others, or
 * passes the references of the set through the network at every step. So a slice has at least two images, unless there are not
 * so many. Of the possible sizes those are considered with which the campaign takes at most a tenth longer than with the best.
 * The largest of them that gives each slot three slices is taken, since that balances the load; else the smallest.
 */
final class SlicePlanner {

    private static final long SLICES_PER_SLOT = 3;
    private static final int LEAST_IMAGES = 2;
    private static final double TOLERANCE = 1.1;

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
        if (sets.isEmpty()) {
            return Map.of();
        }
        int size = imagesPerSlice == null ? size(sets) : imagesPerSlice;
        Map<String, List<ImageNumbers>> slices = new LinkedHashMap<>();
        sets.forEach(set -> slices.put(set.name(), slices(set, count(set, size))));
        return slices;
    }

    /** How many slices of about a number of images a set has. */
    private static int count(CampaignSet set, int size) {
        // Image 0 is a chunk of its own, which costs as much alone as with another.
        int most = Math.max(1, set.chunks().size() - (set.chunks().get(0).count() == 1 ? 1 : 0));
        return Math.min(most, Math.max(1, Math.round((float) set.images() / size)));
    }

    private int size(List<CampaignSet> sets) {
        int largest = sets.stream().mapToInt(CampaignSet::images).max().orElse(LEAST_IMAGES);
        List<Division> divisions = new ArrayList<>();
        for (int size = Math.max(largest, LEAST_IMAGES); size >= LEAST_IMAGES; size--) {
            divisions.add(Division.of(sets, size, slots));
        }
        double best = divisions.stream().mapToDouble(Division::time).min().orElseThrow();
        List<Division> good = divisions.stream()
                .filter(division -> division.time <= TOLERANCE * best)
                .toList();
        return good.stream()
                .filter(division -> division.slices >= SLICES_PER_SLOT * slots)
                .findFirst()
                .orElse(good.get(good.size() - 1))
                .size;
    }

    /**
     * An estimate.
     *
     * @param size images of a slice, about
     * @param slices of all sets
     * @param time until the last slot ends, in images
     */
    private record Division(int size, long slices, double time) {

        static Division of(List<CampaignSet> sets, int size, int slots) {
            long slices = 0;
            long images = 0;
            int longest = 0;
            for (CampaignSet set : sets) {
                int count = count(set, size);
                slices += count;
                images += set.images();
                longest = Math.max(longest, (set.images() + count - 1) / count + 1);
            }
            double mean = (double) (images + slices) / slices;
            long rounds = (slices + slots - 1) / slots;
            return new Division(size, slices, Math.max(longest, rounds * mean));
        }
    }

    /** At most so many slices, of about equal cost: each begins when its share of all images has been given to those before it. */
    private static List<ImageNumbers> slices(CampaignSet set, int count) {
        List<ImageNumbers> slices = new ArrayList<>();
        List<ImageNumbers> current = new ArrayList<>();
        int given = 0;
        for (ImageNumbers chunk : set.chunks()) {
            // Half of the next chunk beyond the share is as far from it as half of it before.
            double share = (double) set.images() * (slices.size() + 1) / count;
            boolean isOnlyFirst = slices.isEmpty() && given <= 1;
            if (!isOnlyFirst && !current.isEmpty() && given + chunk.count() / 2.0 > share) {
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
