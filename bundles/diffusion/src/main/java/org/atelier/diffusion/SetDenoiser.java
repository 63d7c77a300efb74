package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;

/**
 * Denoises a set step by step. At each step the references pass the network once and its shared layers keep what the
 * others need of them; then the others pass in chunks; then every picture's latents take the step. So any number of
 * pictures is drawn in the memory of one chunk, and no picture depends on the chunk it is in.
 */
final class SetDenoiser {

    /** A reference that was given is no picture of the set. */
    private static final int NO_PLACE = -1;

    /** The weight of a reference that is the only one. */
    private static final List<Double> ALONE = List.of(1.0);

    private final UNet unet;
    private final Sharing plain;
    private final StyleWindow window;
    private final Sampler sampler;
    private final Guidance guidance;
    private final ControlPasses controls;
    private final NDManager manager;
    private final DrawingListener listener;
    private final Function<NDArray, BufferedImage> decoder;

    private final List<NDArray> latents = new ArrayList<>();
    private final List<Sampler.Trajectory> trajectories = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<LayerAttentions> attentions = new ArrayList<>();
    private int done;

    /**
     * Pictures that pass the network together, and how they attend.
     *
     * @param guests references that pass with them, before them, to be seen; mostly none
     * @param condition what the guests and the pictures are to show
     */
    private record Chunk(
            List<Integer> pictures, InvertedReferences guests, Condition condition, LayerAttentions attentions) {

        /** The places in the set of all that pass. */
        List<Integer> places() {
            List<Integer> places =
                    new ArrayList<>(Collections.nCopies(guests.each().size(), NO_PLACE));
            places.addAll(pictures);
            return places;
        }
    }

    /**
     * @param plain nothing is shared
     * @param window when style is shared
     * @param manager that the latents belong to, and everything that lives as long as the set
     * @param decoder makes a picture of latents, for previews
     */
    SetDenoiser(
            UNet unet,
            Sharing plain,
            StyleWindow window,
            Sampler sampler,
            Guidance guidance,
            ControlPasses controls,
            NDManager manager,
            DrawingListener listener,
            Function<NDArray, BufferedImage> decoder) {
        this.unet = unet;
        this.plain = plain;
        this.window = window;
        this.sampler = sampler;
        this.guidance = guidance;
        this.controls = controls;
        this.manager = manager;
        this.listener = listener;
        this.decoder = decoder;
    }

    /**
     * Takes in the next picture.
     *
     * @param noise standard normal, (1, channel, height, width)
     * @param condition what it is to show
     * @param attends how it attends; pictures with the very same can pass together
     */
    void add(NDArray noise, Condition condition, LayerAttentions attends) {
        NDArray first = noise.mul(sampler.initialScale());
        first.attach(manager);
        latents.add(first);
        trajectories.add(sampler.start(manager));
        conditions.add(condition);
        attentions.add(attends);
    }

    /** How many pictures were taken in. */
    int count() {
        return latents.size();
    }

    /** Takes every step of pictures that depend on no other. */
    List<NDArray> denoiseAlone(int chunk) {
        List<Chunk> chunks = chunks(0, chunk);
        return denoise((step, styled, memory) -> advance(chunks, step, styled, null, memory));
    }

    /** Takes every step of pictures that depend on each other, all of them at once. */
    List<NDArray> denoiseTogether() {
        return denoiseAlone(latents.size());
    }

    /** Takes every step of pictures that depend on each other and see references which are given, all of them at once. */
    List<NDArray> denoiseTogetherWith(InvertedReferences references) {
        List<Integer> pictures = IntStream.range(0, latents.size()).boxed().toList();
        List<Chunk> all = List.of(chunk(pictures, references));
        return denoise((step, styled, memory) -> advance(all, step, styled, null, memory));
    }

    /** Takes every step of pictures that follow the first. */
    List<NDArray> denoiseAfterFirst(int chunk) {
        List<Chunk> first = List.of(chunk(List.of(0)));
        List<Chunk> others = chunks(1, chunk);
        return denoise((step, styled, memory) -> {
            ReferencePass reference = referencePass(others, styled, ALONE, memory);
            pass(first, step, attentions -> reference, memory);
            advance(others, step, styled, reference, memory);
        });
    }

    /** Takes every step of pictures that follow references which are given. */
    List<NDArray> denoiseAfter(InvertedReferences references, int chunk) {
        Condition shown = guidance.conditions(references.conditions(), manager);
        List<Chunk> chunks = chunks(0, chunk);
        return denoise((step, styled, memory) -> {
            ReferencePass reference = referencePass(chunks, styled, references.weights(), memory);
            if (!reference.isComplete()) {
                double timestep = sampler.timestep(step);
                unet.show(guidance.latents(references.shown(step == 0, timestep), memory), timestep, shown, reference);
            }
            advance(chunks, step, styled, reference, memory);
        });
    }

    /** A pass that keeps what any of the chunks will take from it at this step. */
    private ReferencePass referencePass(List<Chunk> takers, boolean styled, List<Double> weights, NDManager memory) {
        List<LayerAttentions> taking =
                styled ? takers.stream().map(Chunk::attentions).distinct().toList() : List.of();
        return new ReferencePass(taking, plain, guidance.halves(), weights, memory);
    }

    /** One step of all pictures. */
    private interface SetStep {

        /**
         * @param styled whether style is shared at this step
         * @param memory lives as long as the step
         */
        void take(int step, boolean styled, NDManager memory);
    }

    private List<NDArray> denoise(SetStep each) {
        for (int step = 0; step < sampler.steps(); step++) {
            try (NDManager memory = manager.newSubManager()) {
                each.take(step, window.includes(step, sampler.steps()), memory);
            }
        }
        return latents;
    }

    /** The pictures from that one on, in chunks of those that can pass together. */
    private List<Chunk> chunks(int from, int together) {
        Map<LayerAttentions, List<Integer>> alike = IntStream.range(from, latents.size())
                .boxed()
                .collect(Collectors.groupingBy(attentions::get, LinkedHashMap::new, Collectors.toList()));
        List<Chunk> chunks = new ArrayList<>();
        for (List<Integer> pictures : alike.values()) {
            for (int first = 0; first < pictures.size(); first += together) {
                chunks.add(chunk(pictures.subList(first, Math.min(pictures.size(), first + together))));
            }
        }
        return chunks;
    }

    private Chunk chunk(List<Integer> pictures) {
        return chunk(pictures, InvertedReferences.NONE);
    }

    private Chunk chunk(List<Integer> pictures, InvertedReferences guests) {
        List<Condition> shown = new ArrayList<>(guests.conditions());
        pictures.forEach(picture -> shown.add(conditions.get(picture)));
        return new Chunk(pictures, guests, guidance.conditions(shown, manager), attentions.get(pictures.get(0)));
    }

    /** A step of chunks that attend as their strategies say, to {@code reference} or among themselves. */
    private void advance(List<Chunk> chunks, int step, boolean styled, ReferencePass reference, NDManager memory) {
        Function<LayerAttentions, Sharing> sharing = attentions -> {
            boolean takes = attentions.coupling() == AttentionStrategy.Coupling.REFERENCES;
            return new TargetPass(attentions, guidance.halves(), takes ? reference : null);
        };
        pass(chunks, step, styled ? sharing : attentions -> plain, memory);
    }

    /** The chunks' passes through the network, one after another, and their pictures' step. */
    private void pass(List<Chunk> chunks, int step, Function<LayerAttentions, Sharing> sharing, NDManager stepMemory) {
        for (Chunk chunk : chunks) {
            Cancelled.throwIf(listener, "at step " + (step + 1));
            try (NDManager memory = stepMemory.newSubManager()) {
                List<NDArray> predictions = predict(chunk, step, sharing.apply(chunk.attentions), memory);
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
        double timestep = sampler.timestep(step);
        List<NDArray> passing = new ArrayList<>(chunk.guests.shown(step == 0, timestep));
        int guests = passing.size();
        for (int picture : chunk.pictures) {
            NDArray own = latents.get(picture).duplicate();
            own.attach(memory);
            passing.add(sampler.scale(own, step));
        }
        NDArray seen = guidance.latents(passing, memory);
        List<Integer> places = chunk.places();
        Residuals residuals = controls.residuals(places, step, sampler.steps(), timestep, seen, chunk.condition);
        NDArray prediction = unet.forward(seen, timestep, chunk.condition, pass, residuals);
        return guidance.guided(prediction).split(places.size()).subList(guests, places.size());
    }
}
