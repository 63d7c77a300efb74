package org.atelier.it.doctor;

/** A service whose constructor throws. */
public final class Throwing implements Runnable {

    public Throwing() {
        throw new IllegalArgumentException("no canvas");
    }

    @Override
    public void run() {}
}
