package org.atelier.diffusion;

/** The references that a set follows: pictures that are still to be brought to noise, or trajectories that were. */
public sealed interface GivenReferences permits References, Trajectories {}
