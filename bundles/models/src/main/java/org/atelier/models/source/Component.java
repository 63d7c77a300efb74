package org.atelier.models.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a Stable Diffusion XL model in diffusers' layout, and the class of each that is known here. */
public enum Component {
    UNET(TensorNaming.AS_STORED, "diffusion_pytorch_model", "config.json", "UNet2DConditionModel"),
    VAE(TensorNaming.AUTOENCODER, "diffusion_pytorch_model", "config.json", "AutoencoderKL"),
    TEXT_ENCODER(TensorNaming.CLIP_TEXT, "model", "config.json", "CLIPTextModel"),
    TEXT_ENCODER_2(TensorNaming.CLIP_TEXT, "model", "config.json", "CLIPTextModelWithProjection"),
    TOKENIZER(null, null, "tokenizer_config.json", "CLIPTokenizer"),
    TOKENIZER_2(null, null, "tokenizer_config.json", "CLIPTokenizer"),
    /** Any class: its configuration tells whether its noise schedule can be honoured, and the request names the sampler. */
    SCHEDULER(null, null, "scheduler_config.json", null);

    private final TensorNaming naming;
    private final String weightsStem;
    private final String settingsFile;
    private final String className;

    Component(TensorNaming naming, String weightsStem, String settingsFile, String className) {
        this.naming = naming;
        this.weightsStem = weightsStem;
        this.settingsFile = settingsFile;
        this.className = className;
    }

    static Optional<Component> named(String folder) {
        return Arrays.stream(values())
                .filter(component -> component.folder().equals(folder))
                .findFirst();
    }

    /** Its key in {@code model_index.json}, which is the name of its folder too. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String settingsFile() {
        return settingsFile;
    }

    /** The class that can run here, or null for any. */
    String className() {
        return className;
    }

    /** Whether it is that class, or the same tokenizer by its faster name. */
    boolean isKnown(String found) {
        return className == null || found.equals(className) || (isTokenizer() && found.equals(className + "Fast"));
    }

    boolean isTokenizer() {
        return this == TOKENIZER || this == TOKENIZER_2;
    }

    boolean hasWeights() {
        return weightsStem != null;
    }

    /** What the names of its weight files begin with. */
    String weightsStem() {
        return weightsStem;
    }

    TensorNaming naming() {
        return naming;
    }
}
