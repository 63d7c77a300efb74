package org.atelier.diffusion.conditioning;

/**
 * A prompt and its conditioning.
 *
 * @param text the prompt itself
 * @param conditioning for one image
 */
public record EncodedPrompt(String text, Conditioning conditioning) {}
