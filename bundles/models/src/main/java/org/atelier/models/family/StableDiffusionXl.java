package org.atelier.models.family;

import java.util.List;
import java.util.Optional;
import org.atelier.models.family.TextConditioning.Unconditional;
import org.atelier.models.json.Settings;

/** Stable Diffusion XL: two text encoders, and a UNet with pooled text embeddings and time ids. Podell et al. 2023. */
final class StableDiffusionXl implements ModelFamily {

    private static final String FIRST_ENCODER = "text_encoder";

    @Override
    public String name() {
        return "sdxl";
    }

    @Override
    public String title() {
        return "Stable Diffusion XL";
    }

    @Override
    public List<String> pipelineClasses() {
        return List.of(
                "StableDiffusionXLPipeline", "StableDiffusionXLImg2ImgPipeline", "StableDiffusionXLInpaintPipeline");
    }

    @Override
    public boolean recognises(Settings unet) {
        return unet.text("addition_embed_type", "").equals("text_time");
    }

    /** The refiner has no first text encoder. */
    @Override
    public Optional<String> unsupportedReason(Settings index) {
        boolean hasFirstEncoder = index.has(FIRST_ENCODER)
                && !index.json(FIRST_ENCODER).toString().equals("[null,null]");
        return hasFirstEncoder || !index.has("text_encoder_2")
                ? Optional.empty()
                : Optional.of(
                        "the model is the refiner of Stable Diffusion XL, which only refines the images of a base model;"
                                + " use a base model.");
    }

    @Override
    public List<ModelComponent> components() {
        return List.of(
                ModelComponent.unet(),
                ModelComponent.autoencoder(),
                ModelComponent.clipTextModel(FIRST_ENCODER, "CLIPTextModel"),
                ModelComponent.clipTextModel("text_encoder_2", "CLIPTextModelWithProjection"),
                ModelComponent.clipTokenizer("tokenizer"),
                ModelComponent.clipTokenizer("tokenizer_2"),
                ModelComponent.scheduler());
    }

    /**
     * The penultimate hidden states of both encoders, without final normalisation, and the pooled text embedding of the
     * second.
     */
    @Override
    public TextConditioning textConditioning(Settings index) {
        return new TextConditioning(
                List.of(
                        new TextEncoding("tokenizer", FIRST_ENCODER, 1, false, false),
                        new TextEncoding("tokenizer_2", "text_encoder_2", 1, false, true)),
                index.flag("force_zeros_for_empty_prompt", true) ? Unconditional.ZEROS : Unconditional.EMPTY_PROMPT,
                // google/style-aligned always inverts with zeros.
                Unconditional.ZEROS);
    }

    /** Section 2.2 of the paper: size, crop and target size. */
    @Override
    public List<TimeId> timeIds() {
        return List.of(
                TimeId.ORIGINAL_HEIGHT,
                TimeId.ORIGINAL_WIDTH,
                TimeId.CROP_TOP,
                TimeId.CROP_LEFT,
                TimeId.TARGET_HEIGHT,
                TimeId.TARGET_WIDTH);
    }

    /** Guidance scale of diffusers; with references that of the notebook of google/style-aligned. */
    @Override
    public FamilyDefaults defaults() {
        return new FamilyDefaults(128, 5, 10, Optional.empty());
    }
}
