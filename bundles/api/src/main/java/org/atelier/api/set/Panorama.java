package org.atelier.api.set;

/**
 * Panoramas: images that are larger than the model's own size and run through the network in windows of that size, whose
 * predictions are averaged where they overlap (MultiDiffusion).
 *
 * @param enabled whether the images of the set are panoramas; image 0 is not, if it is the reference of the others.
 *     Default false
 * @param stride from one window to the next, in pixels, a multiple of the model's factor; {@code null}: 8 latents
 * @param circular whether the right end of a panorama continues at its left end; default false
 */
public record Panorama(boolean enabled, Integer stride, boolean circular) {

    /** Every default: no panoramas. */
    public static final Panorama DEFAULT = new Panorama(false, null, false);
}
