package org.atelier.diffusion.sampling;

/** The given references of a set: images to invert, or stored trajectories. */
public sealed interface GivenReferences permits ReferenceImages, ReferenceTrajectories {}
