package org.atelier.models.family;

import java.util.Optional;

/**
 * What a request that leaves it open gets.
 *
 * @param sampleSize height and width of the latents where the UNet's configuration does not say
 * @param cfgScale guidance
 * @param cfgScaleWithReferences guidance of a set that takes its style from reference images
 * @param negativePrompt empty for none
 */
public record FamilyDefaults(
        int sampleSize, double cfgScale, double cfgScaleWithReferences, Optional<String> negativePrompt) {}
