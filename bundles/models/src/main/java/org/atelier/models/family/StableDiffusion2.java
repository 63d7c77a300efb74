package org.atelier.models.family;

/** Stable Diffusion 2.x: text embeddings of OpenCLIP ViT-H, and networks that predict noise or velocity. */
final class StableDiffusion2 extends StableDiffusion {

    StableDiffusion2() {
        super(1024, 768, true);
    }

    @Override
    public String name() {
        return "sd2";
    }

    @Override
    public String title() {
        return "Stable Diffusion 2.x";
    }
}
