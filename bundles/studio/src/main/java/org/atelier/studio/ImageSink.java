package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/** Receives the images of a set that are written, one after the other. */
interface ImageSink {

    /** Receives the trajectories of the references, for a style card; called before every image. */
    void trajectories(ReferenceTrajectories references);

    /**
     * Receives the reconstruction of a reference; called for each before the first image, unless image 0 is not written.
     *
     * @param image decodes it; not called if the file already exists
     * @param index from 0
     * @param count the number of reconstructions: 1 for blended references, else one for each
     */
    void reconstruction(Supplier<BufferedImage> image, int index, int count);

    /**
     * Receives the image of a prompt.
     *
     * @param image decodes it; not called if the file already exists
     */
    void image(Supplier<BufferedImage> image, int prompt);
}
