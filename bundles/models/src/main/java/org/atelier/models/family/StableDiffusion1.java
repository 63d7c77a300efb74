package org.atelier.models.family;

/** Stable Diffusion 1.x: text embeddings of CLIP ViT-L. */
final class StableDiffusion1 extends StableDiffusion {

    StableDiffusion1() {
        super(768, 1024, false);
    }

    @Override
    public String name() {
        return "sd1";
    }

    @Override
    public String title() {
        return "Stable Diffusion 1.x";
    }
}
