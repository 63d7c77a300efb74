package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy.Coupling;

/**
 * Denoises a set step by step. At each step the reference passes the network once and its shared layers keep what the
 * others need of it; then the others pass in chunks; then every picture's latents take the step. So any number of
 * pictures is drawn in the memory of one chunk, and no picture depends on the chunk it is in.
 */
final class SetDenoiser {

    private final UNet unet;
    private final LayerAttentions attentions;
    private final Sampler sampler;
    private final double cfgScale;
    private final GuidanceHalves halves;
    private final NDManager manager;
    private final List<NDArray> latents = new ArrayList<>();
    private final List<Sampler.Trajectory> trajectories = new ArrayList<>();

    /** Pictures that pass the network together, and what they are to show. */
    private record Chunk(List<Integer> pictures, Condition condition) {}

    private final Chunk reference;
    private final List<Chunk> targets = new ArrayList<>();

    /**
     * @param noise standard normal, (1, channel, height, width) for each picture
     * @param nothing the condition of the unconditional half
     * @param chunk pictures that pass the network together
     * @param manager that the latents belong to, and everything that lives as long as the set
     */
    SetDenoiser(
            UNet unet,
            LayerAttentions attentions,
            Coupling coupling,
            Sampler sampler,
            double cfgScale,
            List<NDArray> noise,
            List<Condition> conditions,
            Condition nothing,
            int chunk,
            NDManager manager) {
        this.unet = unet;
        this.attentions = attentions;
        this.sampler = sampler;
        this.cfgScale = cfgScale;
        this.halves = GuidanceHalves.at(cfgScale);
        this.manager = manager;
        for (NDArray each : noise) {
            NDArray first = each.mul(sampler.initialScale());
            first.attach(manager);
            latents.add(first);
            trajectories.add(sampler.start(manager));
        }
        int count = noise.size();
        boolean refers = coupling == Coupling.REFERENCES;
        this.reference = refers ? chunk(0, 1, conditions, nothing) : null;
        int together = coupling == Coupling.SET ? count : chunk;
        for (int from = refers ? 1 : 0; from < count; from += together) {
            targets.add(chunk(from, Math.min(count, from + together), conditions, nothing));
        }
    }

    private Chunk chunk(int from, int to, List<Condition> conditions, Condition nothing) {
        List<Integer> pictures = new ArrayList<>();
        List<Condition> rows = new ArrayList<>();
        for (int picture = from; picture < to; picture++) {
            pictures.add(picture);
            if (halves == GuidanceHalves.TWO) {
                rows.add(nothing);
            }
        }
        rows.addAll(conditions.subList(from, to));
        return new Chunk(pictures, Condition.joined(rows, manager));
    }

    /**
     * Takes every step.
     *
     * @param decoder makes a picture of latents, for previews
     * @return each picture's latents, (1, channel, height, width)
     */
    List<NDArray> denoise(DrawingListener listener, Function<NDArray, BufferedImage> decoder) {
        int total = sampler.steps() * latents.size();
        int done = 0;
        for (int step = 0; step < sampler.steps(); step++) {
            try (NDManager memory = manager.newSubManager()) {
                ReferencePass referencePass = null;
                if (reference != null) {
                    referencePass = new ReferencePass(attentions, halves, memory);
                    advance(reference, step, referencePass, memory, listener, decoder);
                    done += reference.pictures.size();
                    listener.drawn(done, total);
                }
                for (Chunk chunk : targets) {
                    TargetPass pass = new TargetPass(attentions, halves, referencePass);
                    advance(chunk, step, pass, memory, listener, decoder);
                    done += chunk.pictures.size();
                    listener.drawn(done, total);
                }
            }
        }
        return latents;
    }

    /** One pass of a chunk through the network, and its pictures' step. */
    private void advance(
            Chunk chunk,
            int step,
            Sharing sharing,
            NDManager stepMemory,
            DrawingListener listener,
            Function<NDArray, BufferedImage> decoder) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "The set was cancelled at step " + (step + 1) + ".");
        }
        try (NDManager memory = stepMemory.newSubManager()) {
            List<NDArray> predictions = predict(chunk, step, sharing, memory);
            for (int i = 0; i < predictions.size(); i++) {
                int picture = chunk.pictures.get(i);
                NDArray before = latents.get(picture);
                Sampler.Step made = trajectories.get(picture).step(step, before, predictions.get(i));
                latents.set(picture, made.latents());
                before.close();
                listener.predicted(picture, step + 1, sampler.steps(), () -> decoder.apply(made.original()));
                made.original().close();
            }
        }
    }

    /** The network's guided prediction for each picture of a chunk, in {@code memory}. */
    private List<NDArray> predict(Chunk chunk, int step, Sharing sharing, NDManager memory) {
        List<NDArray> seen = new ArrayList<>();
        for (int half = 0; half < halves.count(); half++) {
            chunk.pictures.forEach(picture -> seen.add(latents.get(picture)));
        }
        NDArray joined = NDArrays.concat(new NDList(seen));
        joined.attach(memory);
        NDArray input = sampler.scale(joined, step);
        NDArray noise = unet.forward(input, sampler.timestep(step), chunk.condition, sharing);
        NDArray guided = noise;
        if (halves == GuidanceHalves.TWO) {
            NDList apart = noise.split(2);
            NDArray unconditional = apart.get(0);
            guided = unconditional.add(apart.get(1).sub(unconditional).mul(cfgScale));
        }
        return guided.split(chunk.pictures.size());
    }
}
