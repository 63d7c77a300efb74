package org.atelier.diffusion.sampling;

/**
 * The references that are given with a set: images to invert, or stored trajectories. The first image of a set without given
 * references is the reference of the others.
 */
public sealed interface GivenReferences permits ReferenceImages, ReferenceTrajectories {}
