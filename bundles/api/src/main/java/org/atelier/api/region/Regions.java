package org.atelier.api.region;

import java.util.List;

/**
 * The regions of the images of a set (MultiDiffusion). The prompt of an image applies where none of its regions does.
 *
 * @param list in any order; where regions overlap, their predictions are averaged. Default none
 * @param bootstrapping share of the steps, from the first, in which a region is generated on a background of one colour,
 *     0 to 1; default 0.4
 */
public record Regions(List<Region> list, double bootstrapping) {

    /** Every default: none. */
    public static final Regions DEFAULT = new Regions(List.of(), 0.4);

    /** Makes a defensive copy. */
    public Regions {
        list = List.copyOf(list);
    }

    /** Whether there are no regions. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The regions of an image that is not the reference of the others, by its number. */
    public List<Region> of(int image) {
        return list.stream().filter(region -> region.appliesTo(image)).toList();
    }
}
