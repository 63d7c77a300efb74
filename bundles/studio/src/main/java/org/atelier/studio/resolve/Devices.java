package org.atelier.studio.resolve;

/** The devices of the engine. */
interface Devices {

    /** Returns the first GPU, else {@code cpu}. */
    String best();

    /** Returns the number of GPUs, which are named {@code cuda:0} and so on. */
    int gpus();
}
