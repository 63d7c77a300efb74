package org.atelier.models.lora;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.models.safetensors.TensorEntry;

/** The family of models that a LoRA was trained for: by the width of its text conditioning, or by its metadata. */
enum LoraFamily {
    SD1("sd1", "Stable Diffusion 1", 768),
    SD2("sd2", "Stable Diffusion 2", 1024),
    SDXL("sdxl", "Stable Diffusion XL", 2048),
    SDXL_REFINER("sdxl-refiner", "the refiner of Stable Diffusion XL", 1280);

    private final String id;
    private final String title;
    private final long columns;

    LoraFamily(String id, String title, long columns) {
        this.id = id;
        this.title = title;
        this.columns = columns;
    }

    /** The name of the model family. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** The columns of the cross-attention keys; empty if the LoRA does not change them. */
    static Optional<Long> columns(List<LoraAdapter> adapters) {
        return adapters.stream()
                .filter(adapter -> adapter.network() == AdaptedNetwork.UNET
                        && adapter.module().replace('.', '_').endsWith("attn2_to_k"))
                .map(LoraAdapter::down)
                .map(TensorEntry::shape)
                .map(shape -> shape.get(1))
                .findFirst();
    }

    static Optional<LoraFamily> ofColumns(long columns) {
        return List.of(values()).stream()
                .filter(family -> family.columns == columns)
                .findFirst();
    }

    /** What the trainer wrote about the base model, if it is known. */
    static Optional<LoraFamily> ofMetadata(Map<String, String> metadata) {
        String base = metadata.getOrDefault("ss_base_model_version", "");
        String architecture = metadata.getOrDefault("modelspec.architecture", "");
        if (base.startsWith("sdxl") || architecture.startsWith("stable-diffusion-xl-v1")) {
            return Optional.of(architecture.startsWith("stable-diffusion-xl-v1-refiner") ? SDXL_REFINER : SDXL);
        }
        if (base.startsWith("sd_v2") || architecture.startsWith("stable-diffusion-v2")) {
            return Optional.of(SD2);
        }
        return base.startsWith("sd_v1") || architecture.startsWith("stable-diffusion-v1")
                ? Optional.of(SD1)
                : Optional.empty();
    }
}
