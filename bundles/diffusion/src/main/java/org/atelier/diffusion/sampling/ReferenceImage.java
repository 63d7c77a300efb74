package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;

/**
 * A picture whose style a set takes.
 *
 * @param picture as large as the set's pictures
 * @param prompt what it shows
 * @param weight its share among the references, in (0, 1]
 */
public record ReferenceImage(BufferedImage picture, String prompt, double weight) {}
