package org.atelier.api.model;

import java.util.Objects;

/**
 * A LoRA: low-rank matrices that are added to the weights of a model.
 *
 * @param lora the name of an installed LoRA, or a safetensors file; in a resolved request a name, or an absolute path
 * @param unet strength in the UNet, -100 to 100; default 1
 * @param textEncoder strength in the text encoders, -100 to 100; default that of the UNet
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content. A changed file is an error
 */
public record LoraInput(String lora, double unet, double textEncoder, String sha256) {

    /** Rejects null values. */
    public LoraInput {
        Objects.requireNonNull(lora, "lora");
    }

    /** A LoRA of full strength. */
    public static LoraInput of(String nameOrFile) {
        return new LoraInput(nameOrFile, 1, 1, null);
    }

    /** A copy with another name or path. */
    public LoraInput withLora(String nameOrFile) {
        return new LoraInput(nameOrFile, unet, textEncoder, sha256);
    }
}
