package org.atelier.api.attention;

/** The halves of a pass with classifier-free guidance (Ho and Salimans 2022). */
public enum GuidanceHalf {
    /** What the network makes of the negative prompt. */
    UNCONDITIONAL,
    /** What the network makes of the prompt; without guidance the only one. */
    CONDITIONAL
}
