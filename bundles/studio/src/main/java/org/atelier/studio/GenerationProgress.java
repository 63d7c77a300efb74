package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.GenerationListener;

/** Tells a set's listener of its drawing. */
final class GenerationProgress implements GenerationListener {

    private final SetListener listener;
    private final int firstDrawn;

    /** @param firstDrawn number of the first picture that is drawn */
    GenerationProgress(SetListener listener, int firstDrawn) {
        this.listener = listener;
        this.firstDrawn = firstDrawn;
    }

    @Override
    public void read(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.READING, done, total));
    }

    @Override
    public void inverted(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.INVERTING, done, total));
    }

    @Override
    public void drawn(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.DRAWING, done, total));
    }

    @Override
    public void predicted(int picture, int step, int steps, Supplier<BufferedImage> prediction) {
        listener.previewed(new Preview(firstDrawn + picture, step, steps, prediction));
    }

    @Override
    public void noted(String sentence) {
        listener.noted(sentence);
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
