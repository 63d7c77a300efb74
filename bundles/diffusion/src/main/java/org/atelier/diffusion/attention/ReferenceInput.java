package org.atelier.diffusion.attention;

/**
 * A reference that runs through the network.
 *
 * @param prompt describes the reference
 * @param use what the set takes from it
 */
public record ReferenceInput(String prompt, ReferenceUse use) {}
