package org.atelier.api.model;

import java.util.List;

/**
 * What a set changes of its model.
 *
 * @param sha256 of the model if it is a single file, 64 hexadecimal digits; {@code null}: any content, or a folder. A
 *     changed file is an error
 * @param config the model whose configurations and tokenizers a single file uses: its name, or a folder in diffusers'
 *     layout; {@code null}: those that the family published
 * @param vae replaces the VAE; {@code null}: the model's
 * @param loras added to the weights of UNet and text encoders; default none
 * @param clipSkip number of last layers of the text encoders that positive prompts skip, as diffusers counts them;
 *     default 0
 * @param prediction what the network predicts: {@code epsilon}, {@code v} or {@code sample}; {@code null}: what the
 *     model says; always set in a resolved request
 */
public record ModelOptions(
        String sha256, String config, ModelFile vae, List<LoraInput> loras, int clipSkip, String prediction) {

    /** Every default. */
    public static final ModelOptions DEFAULT = new ModelOptions(null, null, null, List.of(), 0, null);

    /** Makes defensive copies. */
    public ModelOptions {
        loras = List.copyOf(loras);
    }
}
