package org.atelier.models.family;

import java.util.Optional;

/**
 * Defaults of a request.
 *
 * @param sampleSize height and width of the latents if the configuration of the UNet has none
 * @param cfgScale guidance
 * @param cfgScaleWithReferences guidance scale of a set with reference images
 * @param negativePrompt empty for none
 */
public record FamilyDefaults(
        int sampleSize, double cfgScale, double cfgScaleWithReferences, Optional<String> negativePrompt) {}
