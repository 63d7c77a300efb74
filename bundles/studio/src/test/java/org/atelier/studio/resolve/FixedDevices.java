package org.atelier.studio.resolve;

/** Devices of a machine that is not this one. */
record FixedDevices(String best, int gpus) implements Devices {}
