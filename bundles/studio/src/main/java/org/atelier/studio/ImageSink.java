package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/** Takes the images of a set as they are generated, one after the other. */
interface ImageSink {

    /** The trajectories of the references that were given, for a style card; comes before every image. */
    void trajectories(ReferenceTrajectories references);

    /**
     * What the model keeps of a reference; all of these come before the first image.
     *
     * @param image decodes it; not asked where it is here already
     * @param index from 0
     * @param count how many there are: one, also of several that were blended, or each that was kept apart
     */
    void reconstruction(Supplier<BufferedImage> image, int index, int count);

    /**
     * The image of a prompt.
     *
     * @param image decodes it; not asked where it is here already
     */
    void image(Supplier<BufferedImage> image, int prompt);
}
