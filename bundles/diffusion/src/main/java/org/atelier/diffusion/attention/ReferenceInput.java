package org.atelier.diffusion.attention;

/**
 * A reference that passes the network.
 *
 * @param prompt what it shows
 * @param use what is taken from it
 */
public record ReferenceInput(String prompt, ReferenceUse use) {}
