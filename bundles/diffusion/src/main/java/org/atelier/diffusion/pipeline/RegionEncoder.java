package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.denoising.SetImages;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.region.PromptRegion;
import org.atelier.diffusion.region.RegionBackgrounds;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.window.Window;

/** Encodes the regions of images: their prompts and their backgrounds, each once for each size. */
final class RegionEncoder {

    private final LoadedNetworks networks;
    private final PromptConditioning prompts;
    private final Solver solver;
    private final NDManager manager;
    private final Map<Sized, Conditioning> conditionings = new HashMap<>();
    private final Map<Sized, NDArray> colours = new HashMap<>();

    /** What is encoded, and its size in pixels. */
    private record Sized(Object source, int width, int height) {}

    /** @param manager owns what is encoded; stays open as long as the set */
    RegionEncoder(LoadedNetworks networks, PromptConditioning prompts, Solver solver, NDManager manager) {
        this.networks = networks;
        this.prompts = prompts;
        this.solver = solver;
        this.manager = manager;
    }

    /**
     * Adds the views of an image with regions.
     *
     * @param image the image that was added last
     * @param prompt of the image
     * @param noise its array that was sampled last is the initial noise
     */
    void addViews(ImageSpec image, EncodedPrompt prompt, ImageNoise noise, LayerAttentions attentions, SetImages set) {
        ImageRegions regions = image.regions();
        int factor = networks.factor();
        int width = image.viewWidth(factor);
        int height = image.viewHeight(factor);
        List<EncodedPrompt> all = new ArrayList<>(List.of(prompt));
        regions.list()
                .forEach(region -> all.add(new EncodedPrompt(
                        region.prompt(),
                        conditionings.computeIfAbsent(
                                new Sized(region.prompt(), width, height),
                                sized -> prompts.positive(region.prompt(), width, height)))));
        int bootstrapped = regions.bootstrappedSteps(solver.steps());
        RegionBackgrounds backgrounds = new RegionBackgrounds(
                colours(bootstrapped, width, height), bootstrapped, image.seed(), noise.latest(), solver);
        List<Window> windows = image.windows(factor);
        List<PromptRegion> parts = PromptRegion.of(regions, backgrounds, manager);
        for (int i = 0; i < parts.size(); i++) {
            set.addViews(windows, all.get(i), attentions, parts.get(i));
        }
    }

    private List<NDArray> colours(int steps, int width, int height) {
        return RegionBackgrounds.colours(steps).stream()
                .map(colour ->
                        colours.computeIfAbsent(new Sized(colour, width, height), sized -> encoded(colour, sized)))
                .toList();
    }

    /** The latents of a picture of one colour, without noise. */
    private NDArray encoded(List<Float> colour, Sized size) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray picture = pass.create(
                            new float[] {colour.get(0), colour.get(1), colour.get(2)}, new Shape(1, 3, 1, 1))
                    .mul(2)
                    .sub(1)
                    .broadcast(new Shape(1, 3, size.height, size.width));
            NDArray latents = networks.autoencoder().encode(picture);
            latents.attach(manager);
            return latents;
        }
    }
}
