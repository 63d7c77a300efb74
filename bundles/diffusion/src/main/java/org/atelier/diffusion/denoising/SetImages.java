package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.SetAttentionMaps;
import org.atelier.diffusion.attention.WordLocator;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.region.PromptRegion;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.Window;

/** The images of a set while they are denoised: their latents, the views that run through the network, and observed maps. */
public final class SetImages {

    private final SetLatents latents;
    private final SetAttentionMaps maps;
    private final List<EncodedView> views = new ArrayList<>();

    /**
     * @param endsInPrediction whether the result of an image is the predicted clean latents of its last step instead of
     *     the latents after it
     * @param wordLocator locates the observed words in the prompts
     * @param manager owns the latents and everything else that lives as long as the set
     */
    public SetImages(Solver solver, boolean endsInPrediction, WordLocator wordLocator, NDManager manager) {
        this.latents = new SetLatents(solver, endsInPrediction, manager);
        this.maps = new SetAttentionMaps(wordLocator, manager);
    }

    /**
     * Adds an image without views.
     *
     * @param index of the image in the set, larger than those of the images that were added before
     * @param noise its next array is the initial noise
     * @param start initial latents; empty for noise
     */
    public void add(int index, ImageNoise noise, Optional<StartLatents> start) {
        latents.add(index, noise, start);
    }

    /**
     * Adds views of the image that was added last.
     *
     * @param windows the parts of the image that run through the network
     * @param prompt of each view
     * @param attentions of each view; images with the same instance share a batch, so they have the same first step
     */
    public void addViews(List<Window> windows, EncodedPrompt prompt, LayerAttentions attentions) {
        int image = latents.last();
        for (Window window : windows) {
            views.add(new EncodedView(new View(views.size(), image, window), prompt, attentions));
        }
    }

    /**
     * Adds views of a region of the image that was added last. The regions of an image cover all of it.
     *
     * @param windows the parts of the image that run through the network; those outside the region do not
     * @param prompt of the region
     */
    public void addViews(List<Window> windows, EncodedPrompt prompt, LayerAttentions attentions, PromptRegion region) {
        int image = latents.last();
        for (Window window : region.within(windows)) {
            View view = new View(views.size(), image, window, region.weights());
            views.add(new EncodedView(view, prompt, attentions, Optional.of(region)));
        }
    }

    /** The number of images. */
    public int count() {
        return latents.count();
    }

    SetLatents latents() {
        return latents;
    }

    /** The cross-attention maps of observed words. */
    SetAttentionMaps maps() {
        return maps;
    }

    /** The views of all images, in the order of the images. */
    List<EncodedView> views() {
        return Collections.unmodifiableList(views);
    }

    /** The views of the first image. */
    List<EncodedView> viewsOfFirst() {
        return views.stream().filter(view -> view.image() == 0).toList();
    }

    /** The views of all images but the first. */
    List<EncodedView> viewsOfOthers() {
        return views.stream().filter(view -> view.image() > 0).toList();
    }

    /** Everything that the remaining steps depend on, copied to the Java heap. */
    DenoisingState state(int done) {
        return new DenoisingState(done, latents.state(), maps.state());
    }

    /**
     * Restores a state.
     *
     * @throws org.atelier.api.AtelierException INPUT_UNREADABLE if it belongs to other images
     */
    void continueFrom(DenoisingState state) {
        latents.continueFrom(state);
        maps.restore(state.maps());
    }
}
