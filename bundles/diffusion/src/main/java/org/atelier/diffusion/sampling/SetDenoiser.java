package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.attention.ImagePass;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.attention.SetAttentionMaps;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.attention.WordLocator;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.PredictorInput;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;

/**
 * Denoises a set step by step. At each step the references pass the network once and its shared layers keep what the
 * others need of them; then the others pass in chunks; then every image's latents take the step. So any number of
 * images is generated in the memory of one chunk, and no image depends on the chunk it is in.
 */
public final class SetDenoiser {

    private final NoisePredictor predictor;
    private final ReferenceForwardPass referencePass;
    private final GuidanceHalves halves;
    private final AttentionProcessor plain;
    private final StyleWindow window;
    private final Solver solver;
    private final NDManager manager;
    private final Checkpoint checkpoint;
    private final GenerationListener listener;
    private final Function<NDArray, BufferedImage> decoder;

    private final SetLatents latents;
    private final SetAttentionMaps maps;
    private final List<String> prompts = new ArrayList<>();
    private final List<Conditioning> conditionings = new ArrayList<>();
    private final List<LayerAttentions> attentions = new ArrayList<>();
    private int done;

    /**
     * @param predictor with guidance
     * @param referencePass how references that are given pass the network
     * @param halves of guidance
     * @param plain nothing is shared
     * @param window when style is shared
     * @param manager that the latents belong to, and everything that lives as long as the set
     * @param checkpoint says at which step to begin, and is notified of every step and of chunks that are halved
     * @param decoder makes an image of latents, for previews
     * @param words finds in the prompts the words that a strategy observes
     */
    public SetDenoiser(
            NoisePredictor predictor,
            ReferenceForwardPass referencePass,
            GuidanceHalves halves,
            AttentionProcessor plain,
            StyleWindow window,
            Solver solver,
            NDManager manager,
            Checkpoint checkpoint,
            GenerationListener listener,
            Function<NDArray, BufferedImage> decoder,
            WordLocator words) {
        this.predictor = predictor;
        this.referencePass = referencePass;
        this.halves = halves;
        this.plain = plain;
        this.window = window;
        this.solver = solver;
        this.manager = manager;
        this.checkpoint = checkpoint;
        this.listener = listener;
        this.decoder = decoder;
        this.latents = new SetLatents(solver, manager);
        this.maps = new SetAttentionMaps(words, manager);
    }

    /**
     * Takes in the next image.
     *
     * @param noise from which no array was taken
     * @param start where it begins; empty for noise
     * @param prompt what it is to show
     * @param conditioning the prompt as the network is given it
     * @param attends how it attends; images with the very same can pass together, so they begin at the same step
     */
    public void add(
            ImageNoise noise,
            Optional<StartLatents> start,
            String prompt,
            Conditioning conditioning,
            LayerAttentions attends) {
        latents.add(noise, start);
        prompts.add(prompt);
        conditionings.add(conditioning);
        attentions.add(attends);
    }

    /** How many images were taken in. */
    public int count() {
        return latents.count();
    }

    /** Takes every step of images that depend on no other. */
    public List<NDArray> denoiseIndependently(int chunk) {
        Chunks chunks = chunks(0, chunk);
        return denoise((step, styled, memory) -> advance(chunks, step, styled, null, memory));
    }

    /** Takes every step of images that depend on each other, all of them at once. */
    public List<NDArray> denoiseJointly() {
        return denoiseIndependently(latents.count());
    }

    /** Takes every step of images that depend on each other and see references which are given, all of them at once. */
    public List<NDArray> denoiseJointlyWith(InvertedReferences references) {
        List<Integer> images = IntStream.range(0, latents.count()).boxed().toList();
        Chunks all = chunks(List.of(chunk(images, references)));
        return denoise((step, styled, memory) -> advance(all, step, styled, null, memory));
    }

    /**
     * Takes every step of images that follow the first.
     *
     * @throws AtelierException INVALID_REQUEST if another begins before the first
     */
    public List<NDArray> denoiseFollowingFirst(int chunk) {
        if (latents.of(0).firstStep() > latents.firstStep()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first image has the style of the others, so none begins before it: it begins at step %d, another at step %d."
                            .formatted(latents.of(0).firstStep(), latents.firstStep()));
        }
        Chunks first = chunks(List.of(chunk(List.of(0))));
        Chunks others = chunks(1, chunk);
        List<ReferenceInput> leading = List.of(new ReferenceInput(prompts.get(0), ReferenceUse.style(1)));
        return denoise((step, styled, memory) -> {
            ReferenceFeatureRecorder reference = recorder(takers(others, styled), leading, memory);
            pass(first, step, (alone, observed, passMemory) -> reference, memory);
            advance(others, step, styled, reference, memory);
        });
    }

    /** Takes every step of images that follow references which are given. */
    public List<NDArray> denoiseFollowing(InvertedReferences references, int chunk) {
        Chunks chunks = chunks(0, chunk);
        if (!references.applyToAllImages()) {
            return denoise((step, styled, memory) -> advanceAfterOwn(references, chunks, step, styled, memory));
        }
        return denoise((step, styled, memory) -> {
            ReferenceFeatureRecorder reference = recorded(references, takers(chunks, styled), step, memory);
            advance(chunks, step, styled, reference, memory);
        });
    }

    /** A step of chunks before each of which those references pass that its images take from: no more at once. */
    private void advanceAfterOwn(
            InvertedReferences references, Chunks chunks, int step, boolean styled, NDManager stepMemory) {
        PassProcessor processors = (chunk, observed, memory) -> {
            InvertedReferences own = references.forImages(chunk.images());
            ReferenceFeatureRecorder reference =
                    own.each().isEmpty() ? null : recorded(own, takers(List.of(chunk.attentions())), step, memory);
            return shared(chunk, step, reference, observed);
        };
        pass(chunks, step, styled ? processors : (chunk, observed, memory) -> plain, stepMemory);
    }

    /** Lets references pass for what is taken from them. */
    private ReferenceFeatureRecorder recorded(
            InvertedReferences references, List<LayerAttentions> takers, int step, NDManager memory) {
        ReferenceFeatureRecorder recorder = recorder(takers, references.inputs(), memory);
        if (!recorder.isComplete()) {
            referencePass.record(references, step == 0, solver.timestep(step), recorder, memory);
        }
        return recorder;
    }

    /** Keeps what the takers will take from a pass of references. */
    private ReferenceFeatureRecorder recorder(
            List<LayerAttentions> takers, List<ReferenceInput> references, NDManager memory) {
        return new ReferenceFeatureRecorder(takers, plain, halves, references, maps.words(), memory);
    }

    private static List<LayerAttentions> takers(Chunks chunks, boolean styled) {
        return styled ? takers(chunks.attentions()) : List.of();
    }

    /** Those that take from references. */
    private static List<LayerAttentions> takers(List<LayerAttentions> attentions) {
        return attentions.stream().filter(SetDenoiser::takes).toList();
    }

    private static boolean takes(LayerAttentions attentions) {
        return attentions.coupling() == AttentionStrategy.Coupling.REFERENCES;
    }

    /** One step of all images. */
    private interface SetStep {

        /**
         * @param styled whether style is shared at this step
         * @param memory lives as long as the step
         */
        void take(int step, boolean styled, NDManager memory);
    }

    private List<NDArray> denoise(SetStep each) {
        int steps = solver.steps();
        for (int step = begin(); step < steps; step++) {
            try (NDManager memory = manager.newSubManager()) {
                each.take(step, window.includes(step, steps), memory);
            }
            int taken = step + 1;
            checkpoint.stepCompleted(taken, steps, () -> new DenoisingState(taken, latents.state(), maps.state()));
        }
        return latents.each();
    }

    /** @return the first step that is still to be taken */
    private int begin() {
        return checkpoint
                .last()
                .map(kept -> {
                    latents.continueFrom(kept);
                    maps.restore(kept.maps());
                    reportProgress(latents.stepsBefore(kept.done()));
                    return kept.done();
                })
                .orElse(latents.firstStep());
    }

    /** The images from that one on, in chunks of those that can pass together. */
    private Chunks chunks(int from, int together) {
        Map<LayerAttentions, List<Integer>> alike = IntStream.range(from, latents.count())
                .boxed()
                .collect(Collectors.groupingBy(attentions::get, LinkedHashMap::new, Collectors.toList()));
        List<Chunk> chunks = new ArrayList<>();
        for (List<Integer> images : alike.values()) {
            for (int first = 0; first < images.size(); first += together) {
                chunks.add(chunk(images.subList(first, Math.min(images.size(), first + together))));
            }
        }
        return chunks(chunks);
    }

    private Chunks chunks(List<Chunk> chunks) {
        return new Chunks(chunks, this::chunk, checkpoint, listener);
    }

    private Chunk chunk(List<Integer> images) {
        return chunk(images, InvertedReferences.NONE);
    }

    private Chunk chunk(List<Integer> images, InvertedReferences references) {
        List<Conditioning> shown = new ArrayList<>(references.conditionings());
        images.forEach(image -> shown.add(conditionings.get(image)));
        return new Chunk(images, references, Conditioning.concatenate(shown, manager), attentions.get(images.get(0)));
    }

    /** A step of chunks that attend as their strategies say, to {@code reference} or among themselves. */
    private void advance(
            Chunks chunks, int step, boolean styled, ReferenceFeatureRecorder reference, NDManager memory) {
        pass(
                chunks,
                step,
                (chunk, observed, passMemory) -> styled ? shared(chunk, step, reference, observed) : plain,
                memory);
    }

    private AttentionProcessor shared(
            Chunk chunk, int step, ReferenceFeatureRecorder reference, PassAttentionMaps observed) {
        ImagePass pass = new ImagePass(at(step), chunk.imageIndices(), halves);
        return new SharedAttentionProcessor(
                chunk.attentions(), pass, takes(chunk.attentions()) ? reference : null, observed);
    }

    private DenoisingStep at(int step) {
        return new DenoisingStep(
                step, solver.steps(), solver.timestep(step), solver.level(step).noiseToSignalRatio());
    }

    /** How the images of a chunk attend in one pass. */
    private interface PassProcessor {

        /**
         * @param observed where words are in the chunk's images
         * @param memory lives as long as the pass
         */
        AttentionProcessor of(Chunk chunk, PassAttentionMaps observed, NDManager memory);
    }

    /** The chunks' passes through the network, one after another, and their images' step. */
    private void pass(Chunks chunks, int step, PassProcessor processors, NDManager stepMemory) {
        chunks.forEach(step, chunk -> {
            if (!latents.of(chunk.images().get(0)).takes(step)) {
                return;
            }
            CancellationCheck.throwIf(listener, "at step " + (step + 1));
            try (NDManager memory = stepMemory.newSubManager()) {
                PassAttentionMaps observed =
                        maps.begin(chunk.attentions(), chunk.imageIndices(), prompts(chunk), memory);
                List<NDArray> predictions = OutOfMemoryTranslation.retryable(
                        () -> predict(chunk, step, processors.of(chunk, observed, memory), memory));
                observed.keep();
                for (int i = 0; i < predictions.size(); i++) {
                    take(chunk.images().get(i), step, predictions.get(i));
                }
            }
            reportProgress(chunk.images().size());
        });
    }

    /** Of all that pass. */
    private List<String> prompts(Chunk chunk) {
        List<String> all = new ArrayList<>(chunk.references().prompts());
        chunk.images().forEach(image -> all.add(prompts.get(image)));
        return all;
    }

    /** @param more images' steps that are taken */
    private void reportProgress(int more) {
        done += more;
        listener.denoisingAdvanced(done, latents.stepsBefore(solver.steps()));
    }

    /** One image's step. */
    private void take(int image, int step, NDArray prediction) {
        try (NDArray original = latents.of(image).advance(step, prediction)) {
            listener.previewed(image, step + 1, solver.steps(), () -> decoder.apply(original));
        }
    }

    /** The guided prediction for each image of a chunk, in {@code memory}. */
    private List<NDArray> predict(Chunk chunk, int step, AttentionProcessor attention, NDManager memory) {
        NDList rows = new NDList(chunk.references().latentsAt(step == 0, solver.timestep(step)));
        int references = rows.size();
        chunk.images().forEach(image -> rows.add(latents.of(image).scaled(step, memory)));
        NDArray joined = NDArrays.concat(rows);
        joined.attach(memory);
        NDArray prediction = predictor.predict(new PredictorInput(
                joined, at(step), chunk.imageIndices(), chunk.conditioning(), attention, Residuals.NONE));
        return prediction.split(rows.size()).subList(references, rows.size());
    }
}
