package org.atelier.models.family;

import java.util.List;
import java.util.Optional;
import org.atelier.models.naming.DiffusersNaming;
import org.atelier.models.naming.TensorNaming;

/**
 * A component of a model in diffusers' layout.
 *
 * @param name its key in {@code model_index.json} and the name of its folder
 * @param kind what it is
 * @param classes supported classes of diffusers or transformers; empty for any
 */
public record ModelComponent(String name, Kind kind, List<String> classes) {

    /** What diffusers calls the denoising network in every family that has a UNet. */
    public static final String UNET = "unet";

    /** What diffusers calls the autoencoder in every family. */
    public static final String VAE = "vae";

    /** What diffusers calls the noise schedule in every family. */
    public static final String SCHEDULER = "scheduler";

    /** The kind of a component, which defines its files and its tensor names. */
    public enum Kind {
        UNET("config.json", "diffusion_pytorch_model", DiffusersNaming.UNET),
        AUTOENCODER("config.json", "diffusion_pytorch_model", DiffusersNaming.AUTOENCODER),
        CLIP_TEXT_MODEL("config.json", "model", DiffusersNaming.CLIP_TEXT),
        CLIP_TOKENIZER("tokenizer_config.json"),
        SCHEDULER("scheduler_config.json");

        private final String settingsFile;
        private final String weightsStem;
        private final DiffusersNaming naming;

        Kind(String settingsFile, String weightsStem, DiffusersNaming naming) {
            this.settingsFile = settingsFile;
            this.weightsStem = weightsStem;
            this.naming = naming;
        }

        Kind(String settingsFile) {
            this(settingsFile, null, DiffusersNaming.AS_STORED);
        }

        /** The file of its configuration. */
        public String settingsFile() {
            return settingsFile;
        }

        /** The name prefix of its weight files; empty if it has no weights. */
        public Optional<String> weightsStem() {
            return Optional.ofNullable(weightsStem);
        }

        /** Maps the tensor names in its files to those of the network. */
        public TensorNaming naming() {
            return naming;
        }
    }

    public ModelComponent {
        classes = List.copyOf(classes);
    }

    static ModelComponent unet() {
        return new ModelComponent(UNET, Kind.UNET, List.of("UNet2DConditionModel"));
    }

    static ModelComponent autoencoder() {
        return new ModelComponent(VAE, Kind.AUTOENCODER, List.of("AutoencoderKL"));
    }

    static ModelComponent clipTextModel(String name, String className) {
        return new ModelComponent(name, Kind.CLIP_TEXT_MODEL, List.of(className));
    }

    static ModelComponent clipTokenizer(String name) {
        return new ModelComponent(name, Kind.CLIP_TOKENIZER, List.of("CLIPTokenizer", "CLIPTokenizerFast"));
    }

    /**
     * Accepts any class: its configuration is checked when the noise schedule is read, and the request selects the
     * sampler.
     */
    static ModelComponent scheduler() {
        return new ModelComponent(SCHEDULER, Kind.SCHEDULER, List.of());
    }
}
