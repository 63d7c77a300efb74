package org.atelier.api.set;

/**
 * How the images of a set are written.
 *
 * @param metadata whether they contain metadata about how they were made; default true
 */
public record ImageOutput(boolean metadata) {

    /** Every default. */
    public static final ImageOutput DEFAULT = new ImageOutput(true);
}
