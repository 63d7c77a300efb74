package org.atelier.diffusion.sampling;

/** What an image starts from in place of noise: latents, or a picture. */
public sealed interface ImageStart permits StartLatents, InitPicture {

    /** The first step of the image, counted from 0. */
    int step();
}
