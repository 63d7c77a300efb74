package org.atelier.models.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.models.family.TextConditioning.Unconditional;
import org.atelier.models.json.Settings;

/**
 * Latent diffusion with one text encoder and a UNet that is conditioned on text embeddings only. Rombach et al. 2022.
 *
 * <p>Versions 1 and 2 have the same pipelines; the UNet of version 2 has wider text embeddings and linear projections.
 */
abstract class StableDiffusion implements ModelFamily {

    private static final String TEXT_CHANNELS = "cross_attention_dim";

    private final int publishedTextChannels;
    private final int otherTextChannels;
    private final boolean linearProjection;

    /**
     * @param publishedTextChannels channels of the text embeddings of the published models
     * @param otherTextChannels those of the other version
     * @param linearProjection whether the transformers of the UNet have linear projections, not convolutions
     */
    StableDiffusion(int publishedTextChannels, int otherTextChannels, boolean linearProjection) {
        this.publishedTextChannels = publishedTextChannels;
        this.otherTextChannels = otherTextChannels;
        this.linearProjection = linearProjection;
    }

    @Override
    public List<String> pipelineClasses() {
        return List.of(
                "StableDiffusionPipeline",
                "StableDiffusionImg2ImgPipeline",
                "StableDiffusionInpaintPipeline",
                "StableDiffusionInpaintPipelineLegacy",
                "LatentConsistencyModelPipeline",
                "LatentConsistencyModelImg2ImgPipeline");
    }

    /** A network of another width than the published ones is identified by its projections. */
    @Override
    public boolean recognises(Settings unet) {
        if (unet.has("addition_embed_type")) {
            return false;
        }
        List<Integer> channels = unet.has(TEXT_CHANNELS) ? unet.integers(TEXT_CHANNELS) : List.of();
        if (channels.equals(List.of(publishedTextChannels))) {
            return true;
        }
        return !channels.equals(List.of(otherTextChannels))
                && unet.flag("use_linear_projection", false) == linearProjection;
    }

    @Override
    public List<ModelComponent> components() {
        return List.of(
                ModelComponent.unet(),
                ModelComponent.autoencoder(),
                ModelComponent.clipTextModel("text_encoder", "CLIPTextModel"),
                ModelComponent.clipTokenizer("tokenizer"),
                ModelComponent.scheduler());
    }

    /** The last hidden state after the final normalisation; no negative prompt is the empty one, encoded. */
    @Override
    public TextConditioning textConditioning(Settings index) {
        return new TextConditioning(
                List.of(new TextEncoding("tokenizer", "text_encoder", 0, true, false)),
                Unconditional.EMPTY_PROMPT,
                Unconditional.EMPTY_PROMPT);
    }

    @Override
    public List<TimeId> timeIds() {
        return List.of();
    }

    /** As the constructors of the pipelines, whatever the file says. */
    @Override
    public Map<String, Object> forcedSchedulerSettings() {
        return Map.of("steps_offset", 1, "clip_sample", false);
    }

    /** Guidance scale of diffusers, which the notebook of google/style-aligned for this family uses too. */
    @Override
    public FamilyDefaults defaults() {
        return new FamilyDefaults(64, 7.5, 7.5, Optional.empty());
    }
}
