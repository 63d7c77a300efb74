package org.atelier.studio.resolve;

/** The devices that the engine can compute on. */
interface Devices {

    /** The first GPU, else {@code cpu}. */
    String best();

    /** How many GPUs there are; they are {@code cuda:0} and so on. */
    int gpus();
}
