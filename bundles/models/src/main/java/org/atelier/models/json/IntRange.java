package org.atelier.models.json;

/**
 * The whole numbers that a setting may have.
 *
 * @param low the smallest
 * @param high the largest
 */
public record IntRange(int low, int high) {

    /** Of channels, groups, heads and vocabularies: none that is larger can be computed with. */
    public static final IntRange SIZE = new IntRange(1, 1_000_000);

    /** Of layers. */
    public static final IntRange COUNT = new IntRange(1, 1000);

    boolean contains(int number) {
        return low <= number && number <= high;
    }

    @Override
    public String toString() {
        return low + " to " + high;
    }
}
