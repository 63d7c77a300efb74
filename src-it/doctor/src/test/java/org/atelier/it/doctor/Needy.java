package org.atelier.it.doctor;

/** A service that would be fine if it had what it needs. */
public final class Needy implements Runnable {

    @Override
    public void run() {}
}
