package org.atelier.api.metadata;

import java.util.Map;

/**
 * How another program generated an image.
 *
 * @param program that wrote them
 * @param prompt may be empty
 * @param negativePrompt may be empty
 * @param settings by name, in the terms of stable-diffusion-webui: Steps, Sampler, CFG scale, Seed, Size, Model and others
 */
public record GenerationParameters(
        String program, String prompt, String negativePrompt, Map<String, String> settings) {}
