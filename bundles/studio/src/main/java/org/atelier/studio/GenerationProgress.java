package org.atelier.studio;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.GenerationListener;

/** Forwards the progress of generation to the listener of a set. */
final class GenerationProgress implements GenerationListener {

    private final SetListener listener;
    private final int firstGenerated;

    /** @param firstGenerated the number of the first generated image */
    GenerationProgress(SetListener listener, int firstGenerated) {
        this.listener = listener;
        this.firstGenerated = firstGenerated;
    }

    @Override
    public void promptsEncoded(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.ENCODING_PROMPTS, done, total));
    }

    @Override
    public void inversionAdvanced(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.INVERTING, done, total));
    }

    @Override
    public void denoisingAdvanced(int done, int total) {
        listener.progressed(new Progress(Progress.Phase.GENERATING, done, total));
    }

    @Override
    public void previewed(int image, int step, int steps, Supplier<BufferedImage> prediction) {
        listener.previewed(new Preview(firstGenerated + image, step, steps, prediction));
    }

    @Override
    public void inverted(int reference, int step, int steps, Supplier<BufferedImage> latents) {
        listener.inverted(new Preview(reference, step, steps, latents));
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
