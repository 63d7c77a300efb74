package org.atelier.diffusion.pipeline;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.diffusion.unet.LayerRegistry;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.family.TextConditioning;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.schedule.DiscreteNoiseSchedule;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelSource;
import org.atelier.models.tokenizer.PromptTokenizer;

/**
 * An opened model and all that its configurations say, parsed once: what is known of it before its weights are loaded. Immutable and
 * thread-safe.
 *
 * @param source where its tensors and tokenizers come from
 * @param text how prompts become text embeddings
 * @param textModels the settings of each text encoder that {@code text} names
 * @param unet the denoising network's settings
 * @param autoencoder the autoencoder's settings
 * @param schedule the noise schedule that it was trained with
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
     * Reads a model's configurations.
     *
     * @throws AtelierException MODEL_INVALID that names every setting which asks for another network than those that are known
     */
    public static ModelConfiguration of(ModelSource source) {
        ModelFamily family = source.family();
        TextConditioning text = family.textConditioning(source.index());
        return new ModelConfiguration(
                source,
                text,
                text.encodings().stream()
                        .map(TextEncoding::textModel)
                        .collect(Collectors.toMap(name -> name, name -> ClipTextSettings.from(source.settings(name)))),
                UNetSettings.from(source.settings(ModelComponent.UNET), family),
                AutoencoderSettings.from(source.settings(ModelComponent.VAE)),
                DiscreteNoiseSchedule.from(source.settings(ModelComponent.SCHEDULER)));
    }

    /** What kind of model it is, and so what its defaults are. */
    public ModelFamily family() {
        return source.family();
    }

    /** Width of the images that it was trained for, in pixels. */
    public int width() {
        return unet.sampleSize() * factor();
    }

    /** Height of the images that it was trained for, in pixels. */
    public int height() {
        return unet.sampleSize() * factor();
    }

    /** Pixels on each side of a latent; an image's sides are multiples of it. */
    public int factor() {
        return autoencoder.factor();
    }

    /** How finely its noise schedule divides time; a set takes fewer steps. */
    public int trainTimesteps() {
        return schedule.trainTimesteps();
    }

    /**
     * The attentions of its UNet in registration order, for images of that size.
     *
     * @param width pixels
     * @param height pixels
     */
    public List<AttentionLayer> attentionLayers(int width, int height) {
        return LayerRegistry.of(unet).layers(height / factor(), width / factor());
    }

    /** A new tokenizer, to be closed by the caller, that tells what of a prompt is cut: the first text encoder's. */
    public PromptTokenizer promptTokenizer() {
        return source.tokenizer(text.encodings().get(0).tokenizer());
    }

    /**
     * The settings of a ControlNet for this model.
     *
     * @throws AtelierException MODEL_INVALID for one that was not trained for this model, in one line that names what differs, or that names
     *     every setting which is not known
     */
    public ControlNetSettings controlNet(ControlNetFolder control) {
        ControlNetSettings settings = ControlNetSettings.from(control.settings(), family());
        settings.requireCompatible(unet, factor(), control.settings().file());
        return settings;
    }
}
