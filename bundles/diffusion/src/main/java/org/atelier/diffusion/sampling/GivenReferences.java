package org.atelier.diffusion.sampling;

/** The references that a set follows: images that are still to be brought to noise, or trajectories that were. */
public sealed interface GivenReferences permits ReferenceImages, ReferenceTrajectories {}
