package org.atelier.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A set and how it is divided.
 *
 * @param set what is generated
 * @param slices consecutive whole chunks; together all images
 * @param recorded the slices whose files are stored already
 * @param complete whether the set is complete already
 */
record PlannedSet(CampaignSet set, List<ImageNumbers> slices, Set<ImageNumbers> recorded, boolean complete) {

    /** The record of a set, the last file that is written. */
    static final String RECORD = "set.json";

    PlannedSet {
        slices = List.copyOf(slices);
        recorded = Set.copyOf(recorded);
    }

    String name() {
        return set.name();
    }

    /** The slices that are to be generated. */
    List<ImageNumbers> pending() {
        if (complete) {
            return List.of();
        }
        return slices.stream().filter(slice -> !recorded.contains(slice)).toList();
    }

    PlannedSet divided(List<ImageNumbers> newSlices) {
        return new PlannedSet(set, newSlices, new HashSet<>(), complete);
    }

    /** Where the record of the set is. */
    static String record(String name) {
        return name + "/" + RECORD;
    }

    /** The folder of the records of the slices of a set. */
    static String sliceRecords(String name) {
        return OutputStore.WORK + "/slices/" + name;
    }

    /** The file of the record of a slice. */
    static String sliceRecord(String name, ImageNumbers slice) {
        return sliceRecords(name) + "/" + sliceFile(slice);
    }

    /** Its name; a long list of single numbers is not put into a name. */
    static String sliceFile(ImageNumbers slice) {
        String text = slice.toString();
        return (text.length() <= 100 ? text : text.substring(0, 80) + "-" + Integer.toHexString(text.hashCode()))
                + ".json";
    }

    /** Where an inversion is stored. */
    static String inversion(String key) {
        return OutputStore.WORK + "/inversions/" + key + ".safetensors";
    }
}
