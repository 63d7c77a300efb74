package org.atelier.diffusion.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.diffusion.unet.LayerRegistry;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.family.TextConditioning;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelSource;
import org.atelier.models.tokenizer.PromptTokenizer;

/**
 * An opened model with its parsed configurations, before its weights are loaded. Immutable and thread-safe.
 *
 * @param source provides its tensors and tokenizers
 * @param text defines how prompts become text embeddings
 * @param textModels settings of each text encoder that {@code text} names
 * @param unet settings of the denoising network
 * @param autoencoder settings of the autoencoder
 * @param schedule noise schedule of its training
 */
public record ModelConfiguration(
        ModelSource source,
        TextConditioning text,
        Map<String, ClipTextSettings> textModels,
        UNetSettings unet,
        AutoencoderSettings autoencoder,
        NoiseSchedule schedule) {

    public ModelConfiguration {
        textModels = Map.copyOf(textModels);
    }

    /**
     * Reads the configurations of a model, and compares its networks with the headers of their files. Reads no weights.
     *
     * @throws AtelierException MODEL_INVALID naming every setting that is not supported or not possible, every component
     *     that does not fit the others, and every network that does not fit its files
     */
    public static ModelConfiguration of(ModelSource source) {
        ModelConfiguration configuration = ComponentSettings.read(source);
        HeaderCheck.check(configuration);
        return configuration;
    }

    /** The model family, which defines the defaults. */
    public ModelFamily family() {
        return source.family();
    }

    /** The same model, with another prediction type than in its configuration. */
    public ModelConfiguration withPrediction(Prediction prediction) {
        Settings scheduler = ComponentSettings.scheduler(source)
                .with(Map.of("prediction_type", prediction.name().toLowerCase(Locale.ROOT)));
        return new ModelConfiguration(
                source, text, textModels, unet, autoencoder, DiscreteNoiseSchedule.from(scheduler));
    }

    /** The largest number of text layers that a prompt can skip, so that one remains in every text encoder. */
    public int mostClipSkip() {
        return text.encodings().stream()
                .mapToInt(encoding -> textModels.get(encoding.textModel()).layers() - encoding.skippedLayers() - 1)
                .min()
                .orElse(0);
    }

    /** Image width of the training, in pixels. */
    public int width() {
        return unet.sampleSize() * factor();
    }

    /** Image height of the training, in pixels. */
    public int height() {
        return unet.sampleSize() * factor();
    }

    /** The VAE scale factor: pixels per latent along each side. Image sides are multiples of it. */
    public int factor() {
        return autoencoder.factor();
    }

    /** The number of training timesteps; a set takes fewer steps. */
    public int trainTimesteps() {
        return schedule.trainTimesteps();
    }

    /**
     * The attention layers of its UNet in registration order, for one image size.
     *
     * @param width pixels
     * @param height pixels
     */
    public List<AttentionLayer> attentionLayers(int width, int height) {
        return LayerRegistry.of(unet).layers(height / factor(), width / factor());
    }

    /**
     * Opens the tokenizer of the first text encoder, which reports what is truncated from a prompt. The caller closes
     * it.
     */
    public PromptTokenizer promptTokenizer() {
        return source.tokenizer(text.encodings().get(0).tokenizer());
    }

    /**
     * Reads the settings of a ControlNet for this model.
     *
     * @throws AtelierException MODEL_INVALID if the ControlNet does not fit this model, or has unsupported settings
     */
    public ControlNetSettings controlNet(ControlNetFolder control) {
        ModelFamilies.of(control.settings())
                .filter(other -> !other.name().equals(family().name()))
                .ifPresent(other -> {
                    throw ModelFaults.in(
                            control.settings().file(),
                            "this ControlNet is for %s, and the model is of %s; use a ControlNet that was trained for it."
                                    .formatted(other.title(), family().title()));
                });
        ControlNetSettings settings = ControlNetSettings.from(control.settings(), family());
        settings.requireCompatible(unet, factor(), control.settings().file());
        HeaderCheck.check(control, settings);
        return settings;
    }

    /**
     * Checks a ControlNet by itself, for no particular model. Reads no weights.
     *
     * @throws AtelierException MODEL_INVALID if it has settings that no model family supports, or does not fit its files
     */
    public static void checkControlNet(ControlNetFolder control) {
        ModelFamily family = ModelFamilies.of(control.settings())
                .orElseThrow(() -> ModelFaults.in(
                        control.settings().file(),
                        "this ControlNet is of no supported family (%s).".formatted(ModelFamilies.titles())));
        HeaderCheck.check(control, ControlNetSettings.from(control.settings(), family));
    }
}
