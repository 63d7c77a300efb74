package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Denoises a set step by step. At each step the references pass the network once and its shared layers keep what the
 * others need of them; then the others pass in chunks; then every picture's latents take the step. So any number of
 * pictures is drawn in the memory of one chunk, and no picture depends on the chunk it is in.
 */
final class SetDenoiser {

    /** The weight of a reference that is the only one. */
    private static final List<Double> ALONE = List.of(1.0);

    private final UNet unet;
    private final LayerAttentions sharing;
    private final StyleWindow window;
    private final Sampler sampler;
    private final Guidance guidance;
    private final NDManager manager;
    private final DrawingListener listener;
    private final Function<NDArray, BufferedImage> decoder;

    private final List<NDArray> latents = new ArrayList<>();
    private final List<Sampler.Trajectory> trajectories = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private int done;

    /** Pictures that pass the network together, and what they are to show. */
    private record Chunk(List<Integer> pictures, Condition condition) {}

    /**
     * @param window when style is shared
     * @param manager that the latents belong to, and everything that lives as long as the set
     * @param decoder makes a picture of latents, for previews
     */
    SetDenoiser(
            UNet unet,
            LayerAttentions sharing,
            StyleWindow window,
            Sampler sampler,
            Guidance guidance,
            NDManager manager,
            DrawingListener listener,
            Function<NDArray, BufferedImage> decoder) {
        this.unet = unet;
        this.sharing = sharing;
        this.window = window;
        this.sampler = sampler;
        this.guidance = guidance;
        this.manager = manager;
        this.listener = listener;
        this.decoder = decoder;
    }

    /**
     * Takes in the next picture.
     *
     * @param noise standard normal, (1, channel, height, width)
     * @param condition what it is to show
     */
    void add(NDArray noise, Condition condition) {
        NDArray first = noise.mul(sampler.initialScale());
        first.attach(manager);
        latents.add(first);
        trajectories.add(sampler.start(manager));
        conditions.add(condition);
    }

    /** Takes every step of pictures that depend on no other. */
    List<NDArray> denoiseAlone(int chunk) {
        List<Chunk> chunks = chunks(0, chunk);
        return denoise((step, attentions, memory) -> advance(chunks, step, plainly(attentions), memory));
    }

    /** Takes every step of pictures that depend on each other, all of them at once. */
    List<NDArray> denoiseTogether() {
        return denoiseAlone(latents.size());
    }

    /** Takes every step of pictures that follow the first. */
    List<NDArray> denoiseAfterFirst(int chunk) {
        Chunk first = chunk(0, 1);
        List<Chunk> others = chunks(1, chunk);
        return denoise((step, attentions, memory) -> {
            ReferencePass reference = new ReferencePass(attentions, guidance.halves(), ALONE, memory);
            advance(List.of(first), step, reference, memory);
            advance(others, step, new TargetPass(attentions, guidance.halves(), reference), memory);
        });
    }

    /** Takes every step of pictures that follow references which are given. */
    List<NDArray> denoiseAfter(InvertedReferences references, int chunk) {
        Condition shown = guidance.conditions(references.conditions(), manager);
        List<Chunk> chunks = chunks(0, chunk);
        return denoise((step, attentions, memory) -> {
            ReferencePass pass = new ReferencePass(attentions, guidance.halves(), references.weights(), memory);
            if (!pass.isComplete()) {
                double timestep = sampler.timestep(step);
                unet.show(guidance.latents(references.shown(step == 0, timestep), memory), timestep, shown, pass);
            }
            advance(chunks, step, new TargetPass(attentions, guidance.halves(), pass), memory);
        });
    }

    private TargetPass plainly(LayerAttentions attentions) {
        return new TargetPass(attentions, guidance.halves(), null);
    }

    /** One step of all pictures. */
    private interface SetStep {

        /**
         * @param attentions of this step
         * @param memory lives as long as the step
         */
        void take(int step, LayerAttentions attentions, NDManager memory);
    }

    private List<NDArray> denoise(SetStep each) {
        LayerAttentions plain = sharing.plain();
        for (int step = 0; step < sampler.steps(); step++) {
            try (NDManager memory = manager.newSubManager()) {
                each.take(step, window.includes(step, sampler.steps()) ? sharing : plain, memory);
            }
        }
        return latents;
    }

    private List<Chunk> chunks(int from, int together) {
        List<Chunk> chunks = new ArrayList<>();
        for (int first = from; first < latents.size(); first += together) {
            chunks.add(chunk(first, Math.min(latents.size(), first + together)));
        }
        return chunks;
    }

    private Chunk chunk(int from, int to) {
        List<Integer> pictures = IntStream.range(from, to).boxed().toList();
        return new Chunk(pictures, guidance.conditions(conditions.subList(from, to), manager));
    }

    /** The chunks' passes through the network, one after another, and their pictures' step. */
    private void advance(List<Chunk> chunks, int step, Sharing pass, NDManager stepMemory) {
        for (Chunk chunk : chunks) {
            Cancelled.throwIf(listener, "at step " + (step + 1));
            try (NDManager memory = stepMemory.newSubManager()) {
                List<NDArray> predictions = predict(chunk, step, pass, memory);
                for (int i = 0; i < predictions.size(); i++) {
                    take(chunk.pictures.get(i), step, predictions.get(i));
                }
            }
            done += chunk.pictures.size();
            listener.drawn(done, sampler.steps() * latents.size());
        }
    }

    /** One picture's step. */
    private void take(int picture, int step, NDArray prediction) {
        NDArray before = latents.get(picture);
        Sampler.Step made = trajectories.get(picture).step(step, before, prediction);
        latents.set(picture, made.latents());
        before.close();
        listener.predicted(picture, step + 1, sampler.steps(), () -> decoder.apply(made.original()));
        made.original().close();
    }

    /** The network's guided prediction for each picture of a chunk, in {@code memory}. */
    private List<NDArray> predict(Chunk chunk, int step, Sharing pass, NDManager memory) {
        NDArray joined =
                guidance.latents(chunk.pictures.stream().map(latents::get).toList(), memory);
        NDArray seen = sampler.scale(joined, step);
        NDArray prediction = unet.forward(seen, sampler.timestep(step), chunk.condition, pass);
        return guidance.guided(prediction).split(chunk.pictures.size());
    }
}
