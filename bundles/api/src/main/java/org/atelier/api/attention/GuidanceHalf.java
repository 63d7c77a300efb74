package org.atelier.api.attention;

/** The halves of a pass with classifier-free guidance (Ho and Salimans 2022). */
public enum GuidanceHalf {
    /** The pass with the negative prompt. */
    UNCONDITIONAL,
    /** The pass with the prompt; the only one without guidance. */
    CONDITIONAL
}
