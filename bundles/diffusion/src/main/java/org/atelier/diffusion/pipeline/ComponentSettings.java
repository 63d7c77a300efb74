package org.atelier.diffusion.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.AdditionalEmbeddingSettings;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.TextConditioning;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.json.Settings;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.models.source.ModelSource;

/** Reads the configuration of every component of a model, and checks that the components fit each other. */
final class ComponentSettings {

    private final ModelSource source;
    private final List<String> faults = new ArrayList<>();

    private ComponentSettings(ModelSource source) {
        this.source = source;
    }

    /** @throws AtelierException MODEL_INVALID with every fault, one per line */
    static ModelConfiguration read(ModelSource source) {
        return new ComponentSettings(source).read();
    }

    private ModelConfiguration read() {
        TextConditioning text = source.family().textConditioning(source.index());
        Map<String, ClipTextSettings> textModels = new HashMap<>();
        for (TextEncoding encoding : text.encodings()) {
            String name = encoding.textModel();
            attempt(() -> ClipTextSettings.from(source.settings(name)))
                    .ifPresent(settings -> textModels.put(name, settings));
        }
        Optional<UNetSettings> unet =
                attempt(() -> UNetSettings.from(source.settings(ModelComponent.UNET), source.family()));
        Optional<AutoencoderSettings> autoencoder =
                attempt(() -> AutoencoderSettings.from(source.settings(ModelComponent.VAE)));
        Optional<DiscreteNoiseSchedule> schedule = attempt(() -> DiscreteNoiseSchedule.from(scheduler(source)));
        throwIfAny();
        checkLatents(unet.orElseThrow(), autoencoder.orElseThrow());
        checkText(text, textModels, unet.orElseThrow());
        throwIfAny();
        return new ModelConfiguration(
                source, text, textModels, unet.orElseThrow(), autoencoder.orElseThrow(), schedule.orElseThrow());
    }

    /** The scheduler configuration as the pipelines of the family use it. */
    static Settings scheduler(ModelSource source) {
        return source.settings(ModelComponent.SCHEDULER).with(source.family().forcedSchedulerSettings());
    }

    private void checkLatents(UNetSettings unet, AutoencoderSettings autoencoder) {
        int latents = autoencoder.latentChannels();
        if (unet.inChannels() > latents && !unet.inpaints()) {
            fault(
                    ModelComponent.UNET,
                    ("in_channels = %d, but the VAE has %d latent channels: of UNets with additional input channels only those"
                                    + " for inpainting, with %d, are supported; use the base model.")
                            .formatted(unet.inChannels(), latents, 2 * latents + 1));
        } else if (unet.inChannels() < latents) {
            fault(
                    ModelComponent.UNET,
                    "in_channels = %d, but the VAE has %d latent channels; UNet and VAE are of different models."
                            .formatted(unet.inChannels(), latents));
        }
        if (unet.outChannels() != latents) {
            fault(
                    ModelComponent.UNET,
                    "out_channels = %d, but the VAE has %d latent channels; only a UNet that predicts latents is supported."
                            .formatted(unet.outChannels(), latents));
        }
    }

    private void checkText(TextConditioning text, Map<String, ClipTextSettings> textModels, UNetSettings unet) {
        int channels = 0;
        int pooled = 0;
        for (TextEncoding encoding : text.encodings()) {
            ClipTextSettings settings = textModels.get(encoding.textModel());
            channels += settings.channels();
            pooled = encoding.pooled() ? settings.projection() : pooled;
            if (settings.layers() <= encoding.skippedLayers()) {
                fault(
                        encoding.textModel(),
                        "num_hidden_layers = %d, but the last %d are skipped; at least one must remain."
                                .formatted(settings.layers(), encoding.skippedLayers()));
            }
        }
        if (unet.textChannels() != channels) {
            fault(
                    ModelComponent.UNET,
                    "cross_attention_dim = %d, but the hidden_size of the text encoders is %d in all."
                            .formatted(unet.textChannels(), channels));
        }
        int expected = unet.additionalEmbedding()
                .map(AdditionalEmbeddingSettings::pooledTextChannels)
                .orElse(pooled);
        if (expected != pooled) {
            fault(
                    ModelComponent.UNET,
                    "projection_class_embeddings_input_dim leaves %d channels for the pooled text, but the text encoder has projection_dim = %d."
                            .formatted(expected, pooled));
        }
    }

    private void fault(String component, String what) {
        faults.add(source.settings(component).file() + ": " + what);
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (AtelierException e) {
            faults.add(e.getMessage().replace("\n", "\n  "));
            return Optional.empty();
        }
    }

    private void throwIfAny() {
        if (!faults.isEmpty()) {
            throw ModelFaults.listing("The model in " + source.path() + " cannot be used:", faults);
        }
    }
}
