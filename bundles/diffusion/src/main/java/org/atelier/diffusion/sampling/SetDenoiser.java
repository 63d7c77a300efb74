package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.attention.ImagePass;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.attention.RecordedReferences;
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
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.Window;
import org.atelier.diffusion.window.WindowSum;

/**
 * Denoises a set step-synchronously. At each step the references run through the network once while their features are
 * recorded, then the other images run in chunks, and every image takes a solver step. Memory is that of one chunk for
 * any number of images, and no image depends on its chunk. An image that is divided into windows takes the step with the
 * average of the predictions for its windows: for a solver that is linear in the prediction, as all are, this equals
 * averaging the windows after a step of each, with one history per image instead of one per window.
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
    private final FiniteCheck finite;
    private final boolean endsInPrediction;

    private final SetLatents latents;
    private final SetAttentionMaps maps;
    private final List<String> prompts = new ArrayList<>();
    private final List<Conditioning> conditionings = new ArrayList<>();
    private final List<LayerAttentions> attentions = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final Map<Integer, WindowSum> sums = new HashMap<>();
    private int done;

    /**
     * @param predictor with guidance
     * @param referencePass runs given references through the network
     * @param halves halves of guidance
     * @param plain attention without sharing
     * @param window steps in which style is shared
     * @param manager owns the latents and everything else that lives as long as the set
     * @param checkpoint provides the first step, and is notified of every step and of halved chunks
     * @param decoder decodes latents for previews
     * @param finite checks the latents after each step
     * @param wordLocator locates the observed words in the prompts
     * @param endsInPrediction whether the result of an image is the predicted clean latents of its last step instead of
     *     the latents after it
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
            FiniteCheck finite,
            WordLocator wordLocator,
            boolean endsInPrediction) {
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
        this.finite = finite;
        this.endsInPrediction = endsInPrediction;
        this.latents = new SetLatents(solver, manager);
        this.maps = new SetAttentionMaps(wordLocator, manager);
    }

    /**
     * Adds an image.
     *
     * @param noise its next array is the initial noise
     * @param start initial latents; empty for noise
     * @param prompt its prompt
     * @param conditioning of the prompt
     * @param windows the parts of the image that run through the network
     * @param layerAttentions attention of each part; images with the same instance share a batch, so they have the same first
     *     step
     */
    public void add(
            ImageNoise noise,
            Optional<StartLatents> start,
            String prompt,
            Conditioning conditioning,
            List<Window> windows,
            LayerAttentions layerAttentions) {
        windows.forEach(window -> views.add(new View(views.size(), latents.count(), window)));
        latents.add(noise, start);
        prompts.add(prompt);
        conditionings.add(conditioning);
        attentions.add(layerAttentions);
    }

    /** The number of images. */
    public int count() {
        return latents.count();
    }

    /** Denoises images that do not depend on each other. */
    public List<NDArray> denoiseIndependently(int chunk) {
        Chunks chunks = chunks(0, chunk);
        return denoise((step, styled, memory) -> advance(chunks, step, styled, RecordedReferences.NONE, memory));
    }

    /** Denoises images that all depend on each other, in one batch. */
    public List<NDArray> denoiseJointly() {
        return denoiseIndependently(views.size());
    }

    /** Denoises images that all depend on each other and on given references, in one batch. */
    public List<NDArray> denoiseJointlyWith(InvertedReferences references) {
        Chunks all = chunks(List.of(chunk(views, references)));
        return denoise((step, styled, memory) -> advance(all, step, styled, RecordedReferences.NONE, memory));
    }

    /**
     * Denoises a set whose first image is the reference of the others.
     *
     * @throws AtelierException INVALID_REQUEST if another image has an earlier first step
     */
    public List<NDArray> denoiseFollowingFirst(int chunk) {
        if (latents.of(0).firstStep() > latents.firstStep()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first image is the style reference of the others, so it must start first; it starts at step %d, but another image at step %d."
                            .formatted(latents.of(0).firstStep(), latents.firstStep()));
        }
        if (!views.get(0).window().isWhole()) {
            return denoiseAlone(chunk);
        }
        Chunks first = chunks(List.of(chunk(views.subList(0, 1))));
        Chunks others = chunks(1, chunk);
        List<ReferenceInput> firstImage = List.of(new ReferenceInput(prompts.get(0), ReferenceUse.style(1)));
        return denoise((step, styled, memory) -> {
            ReferenceFeatureRecorder reference = recorder(consumers(others, styled), firstImage, memory);
            pass(first, step, (alone, observed, passMemory) -> reference, memory);
            advance(others, step, styled, new RecordedReferences(List.of(reference)), memory);
        });
    }

    /** Denoises the windows of a set's only image, which attend to no other image. */
    private List<NDArray> denoiseAlone(int chunk) {
        if (latents.count() > 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first image is the style reference of the others, so it must not be larger than one window.");
        }
        Chunks windows = chunks(0, chunk);
        return denoise((step, styled, memory) -> pass(windows, step, (some, observed, passMemory) -> plain, memory));
    }

    /**
     * Denoises images with given references. At each step those that apply to all images run once; before each chunk run
     * those that apply to some of its images only.
     */
    public List<NDArray> denoiseFollowing(InvertedReferences references, int chunkSize) {
        Chunks chunks = chunks(0, chunkSize);
        InvertedReferences common = references.common();
        return denoise((step, styled, memory) -> {
            RecordedReferences forAll = recordReferences(common, consumers(chunks, styled), step, memory);
            PassProcessor processors = (chunk, observed, passMemory) -> {
                InvertedReferences own = references.ownOf(chunk.images());
                RecordedReferences forChunk =
                        recordReferences(own, consumers(List.of(chunk.attentions())), step, passMemory);
                return shared(chunk, step, forAll.with(forChunk), observed);
            };
            pass(chunks, step, styled ? processors : (chunk, observed, passMemory) -> plain, memory);
        });
    }

    /** Runs the references of each size and records their features. */
    private RecordedReferences recordReferences(
            InvertedReferences references, List<LayerAttentions> consumers, int step, NDManager memory) {
        List<ReferenceFeatureRecorder> recorders = new ArrayList<>();
        for (InvertedReferences ofOneSize : references.bySize()) {
            ReferenceFeatureRecorder recorder = recorder(consumers, ofOneSize.inputs(), memory);
            if (!recorder.isComplete()) {
                referencePass.record(ofOneSize, step == 0, solver.timestep(step), recorder, memory);
            }
            recorders.add(recorder);
        }
        return new RecordedReferences(recorders);
    }

    /** Creates a recorder for the features that the consumers read. */
    private ReferenceFeatureRecorder recorder(
            List<LayerAttentions> consumers, List<ReferenceInput> references, NDManager memory) {
        return new ReferenceFeatureRecorder(consumers, plain, halves, references, maps.wordLocator(), memory);
    }

    private static List<LayerAttentions> consumers(Chunks chunks, boolean styled) {
        return styled ? consumers(chunks.attentions()) : List.of();
    }

    /** The attentions that read references. */
    private static List<LayerAttentions> consumers(List<LayerAttentions> attentions) {
        return attentions.stream().filter(SetDenoiser::readsReferences).toList();
    }

    private static boolean readsReferences(LayerAttentions attentions) {
        return attentions.coupling() == AttentionStrategy.Coupling.REFERENCES;
    }

    /** One step of all images. */
    private interface SetStep {

        /**
         * @param styled whether style is shared at this step
         * @param memory stays open as long as the step
         */
        void take(int step, boolean styled, NDManager memory);
    }

    private List<NDArray> denoise(SetStep setStep) {
        int steps = solver.steps();
        for (int step = begin(); step < steps; step++) {
            try (NDManager memory = manager.newSubManager()) {
                setStep.take(step, window.includes(step, steps), memory);
            }
            int taken = step + 1;
            checkpoint.stepCompleted(taken, steps, () -> new DenoisingState(taken, latents.state(), maps.state()));
        }
        return latents.current();
    }

    /** @return the next step */
    private int begin() {
        return checkpoint
                .last()
                .map(state -> {
                    latents.continueFrom(state);
                    maps.restore(state.maps());
                    reportProgress(passesBefore(state.done()));
                    return state.done();
                })
                .orElse(latents.firstStep());
    }

    /**
     * Chunks of the views of the images from index {@code from} on; each chunk has one attention. If words are observed,
     * no two views of an image share a chunk, since a strategy asks for the map of an image.
     */
    private Chunks chunks(int from, int chunkSize) {
        Map<LayerAttentions, List<View>> byAttention = views.stream()
                .filter(view -> view.image() >= from)
                .collect(Collectors.groupingBy(
                        view -> attentions.get(view.image()), LinkedHashMap::new, Collectors.toList()));
        List<Chunk> chunks = new ArrayList<>();
        byAttention.forEach((attention, together) -> {
            boolean apart = attention.observesWords();
            List<View> next = new ArrayList<>();
            for (View view : together) {
                boolean full = next.size() == chunkSize;
                if (full || (apart && next.stream().anyMatch(other -> other.image() == view.image()))) {
                    chunks.add(chunk(next));
                    next = new ArrayList<>();
                }
                next.add(view);
            }
            chunks.add(chunk(next));
        });
        return chunks(chunks);
    }

    private Chunks chunks(List<Chunk> chunks) {
        return new Chunks(chunks, this::chunk, checkpoint, listener);
    }

    private Chunk chunk(List<View> together) {
        return chunk(together, InvertedReferences.NONE);
    }

    private Chunk chunk(List<View> together, InvertedReferences references) {
        return new Chunk(
                List.copyOf(together),
                references,
                attentions.get(together.get(0).image()));
    }

    /**
     * Takes a step of all chunks with their attention strategies.
     *
     * @param references the recorded features of the references
     */
    private void advance(Chunks chunks, int step, boolean styled, RecordedReferences references, NDManager memory) {
        pass(
                chunks,
                step,
                (chunk, observed, passMemory) -> styled ? shared(chunk, step, references, observed) : plain,
                memory);
    }

    private AttentionProcessor shared(
            Chunk chunk, int step, RecordedReferences references, PassAttentionMaps observed) {
        ImagePass pass = new ImagePass(at(step), chunk.imageIndices(), halves);
        return new SharedAttentionProcessor(
                chunk.attentions(),
                pass,
                readsReferences(chunk.attentions()) ? references : RecordedReferences.NONE,
                observed);
    }

    private DenoisingStep at(int step) {
        return new DenoisingStep(
                step, solver.steps(), solver.timestep(step), solver.level(step).noiseToSignalRatio());
    }

    /** Creates the attention processor of a chunk. */
    private interface PassProcessor {

        /**
         * @param observed cross-attention maps of the images
         * @param memory stays open as long as the pass
         */
        AttentionProcessor of(Chunk chunk, PassAttentionMaps observed, NDManager memory);
    }

    /** Runs the chunks through the network one after another, and takes a solver step of each of their images. */
    private void pass(Chunks chunks, int step, PassProcessor processors, NDManager stepMemory) {
        chunks.forEach(step, chunk -> {
            if (!latents.of(chunk.views().get(0).image()).takes(step)) {
                return;
            }
            CancellationCheck.throwIf(listener, "at step " + (step + 1));
            try (NDManager memory = stepMemory.newSubManager()) {
                PassAttentionMaps observed = maps.forPass(
                        chunk.attentions(), chunk.imageIndices(), chunk.viewNumbers(), prompts(chunk), memory);
                List<NDArray> predicted = EngineOutOfMemoryException.retryable(
                        () -> predict(chunk, step, processors.of(chunk, observed, memory), memory));
                observed.store();
                for (int i = 0; i < predicted.size(); i++) {
                    add(chunk.views().get(i), step, predicted.get(i), stepMemory);
                }
            }
            reportProgress(chunk.views().size());
        });
    }

    /** The prompts of all rows. */
    private List<String> prompts(Chunk chunk) {
        List<String> all = new ArrayList<>(chunk.references().prompts());
        chunk.views().forEach(view -> all.add(prompts.get(view.image())));
        return all;
    }

    /** @param completed the number of steps of views since the last report */
    private void reportProgress(int completed) {
        done += completed;
        listener.denoisingAdvanced(done, passesBefore(solver.steps()));
    }

    /** The number of steps of views, summed over all images, before a step of the set. */
    private int passesBefore(int step) {
        return views.stream()
                .mapToInt(view -> Math.max(0, step - latents.of(view.image()).firstStep()))
                .sum();
    }

    /** Adds the prediction for a view; the image takes its step with the average once its last view has run. */
    private void add(View view, int step, NDArray prediction, NDManager stepMemory) {
        int image = view.image();
        if (view.window().isWhole()) {
            take(image, step, prediction);
            return;
        }
        WindowSum sum = sums.computeIfAbsent(
                image, first -> new WindowSum(latents.of(image).latents().getShape(), stepMemory));
        sum.add(view.window(), prediction);
        if (isLast(view)) {
            sums.remove(image);
            try (sum) {
                take(image, step, sum.mean());
            }
        }
    }

    /** Whether no later view belongs to the same image. */
    private boolean isLast(View view) {
        int next = view.number() + 1;
        return next == views.size() || views.get(next).image() != view.image();
    }

    /** A step of one image. */
    private void take(int image, int step, NDArray prediction) {
        try (NDArray original = latents.of(image).advance(step, prediction)) {
            if (endsInPrediction && step == solver.steps() - 1) {
                latents.of(image).finish(original);
            }
            finite.requireStep(latents.of(image).latents(), prediction, image, step, solver.steps());
            listener.previewed(image, step + 1, solver.steps(), () -> decoder.apply(original));
        }
    }

    /** The guided prediction for each view of a chunk, owned by {@code memory}. */
    private List<NDArray> predict(Chunk chunk, int step, AttentionProcessor attention, NDManager memory) {
        NDList rows = new NDList(chunk.references().latentsAt(step == 0, solver.timestep(step)));
        int references = rows.size();
        List<Conditioning> conditioning = new ArrayList<>(chunk.references().conditionings());
        for (View view : chunk.views()) {
            rows.add(view.window().cut(latents.of(view.image()).scaled(step, memory)));
            conditioning.add(conditionings.get(view.image()));
        }
        NDArray joined = NDArrays.concat(rows);
        joined.attach(memory);
        NDArray prediction = predictor.predict(new PredictorInput(
                joined,
                at(step),
                chunk.imageIndices(),
                chunk.windows(),
                Conditioning.concatenate(conditioning, memory),
                attention,
                Residuals.NONE));
        return prediction.split(rows.size()).subList(references, rows.size());
    }
}
