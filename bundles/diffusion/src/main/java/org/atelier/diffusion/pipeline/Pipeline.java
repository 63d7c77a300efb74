package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.attention.Restyling;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.denoising.DenoisingProgress;
import org.atelier.diffusion.denoising.SetDenoiser;
import org.atelier.diffusion.denoising.SetImages;
import org.atelier.diffusion.denoising.StyleSharing;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.prediction.ControlPredictor;
import org.atelier.diffusion.prediction.GuidedPredictor;
import org.atelier.diffusion.prediction.InpaintingChannels;
import org.atelier.diffusion.prediction.InpaintingPredictor;
import org.atelier.diffusion.prediction.InputChannels;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.UNetPredictor;
import org.atelier.diffusion.sampling.CancellationCheck;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.ContentStart;
import org.atelier.diffusion.sampling.DdimInversion;
import org.atelier.diffusion.sampling.EncodedReference;
import org.atelier.diffusion.sampling.EngineOutOfMemoryException;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageAttentions;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.InversionScheme;
import org.atelier.diffusion.sampling.InvertedReferences;
import org.atelier.diffusion.sampling.NoisedReferences;
import org.atelier.diffusion.sampling.ReferenceForwardPass;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.sampling.StepCount;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.window.CircularEnds;
import org.atelier.models.family.TextConditioning.Unconditional;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A loaded model: text encoders, UNet and autoencoder. Not thread-safe. */
public final class Pipeline implements AutoCloseable {

    /** The number of components that {@link #load} reports. */
    public static final int COMPONENTS = 3;

    private final ModelConfiguration model;
    private final NDManager weights;
    private final PromptEncoder promptEncoder;
    private final UNet unet;
    private final Autoencoder autoencoder;
    private final Precision precision;
    private final TorchKernels kernels;

    private Pipeline(
            ModelConfiguration model,
            Precision precision,
            TorchKernels kernels,
            NDManager weights,
            Consumer<String> loaded) {
        this.model = model;
        this.kernels = kernels;
        this.precision = precision;
        this.weights = weights;
        NetworkLoader networks = new NetworkLoader(model, kernels, weights);
        this.unet = networks.unet(precision);
        loaded.accept("UNet");
        this.autoencoder = networks.autoencoder();
        loaded.accept("autoencoder");
        this.promptEncoder = networks.promptEncoder(precision);
        loaded.accept("text encoders");
    }

    /**
     * Loads a model.
     *
     * @param precision of the UNet and the text encoders; the autoencoder computes in float32
     * @param loaded receives the name of each component once it is loaded
     * @throws AtelierException MODEL_INVALID if the model is damaged or has an unsupported architecture
     */
    public static Pipeline load(
            ModelConfiguration model, Precision precision, TorchKernels kernels, Consumer<String> loaded) {
        return EngineOutOfMemoryException.fatal(() -> {
            NDManager weights = kernels.newManager();
            try {
                return new Pipeline(model, precision, kernels, weights, loaded);
            } catch (RuntimeException | Error e) {
                weights.close();
                throw e;
            }
        });
    }

    /**
     * Loads a ControlNet in the precision of this pipeline.
     *
     * @return the caller closes it
     * @throws AtelierException MODEL_INVALID if it does not fit this model, is damaged, or has an unsupported
     *     architecture
     */
    public ControlNet controlNet(ControlNetFolder folder) {
        ControlNetSettings settings = model.controlNet(folder);
        return EngineOutOfMemoryException.fatal(() -> {
            NDManager memory = kernels.newManager();
            try {
                return new ControlNet(folder.weights(kernels, precision, memory), settings, precision, kernels, memory);
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
        });
    }

    /**
     * Generates the latents of a set.
     *
     * @param strategy attention of the images that have no strategy of their own
     * @return the latents of every image; the caller closes them
     * @throws AtelierException {@code INVALID_REQUEST} if images that depend on each other differ in size or strategy;
     *     {@code CANCELLED} if the listener cancels; {@code OUT_OF_MEMORY} if a pass does not fit in memory
     */
    public GeneratedLatents generate(
            GenerationSpec generation, AttentionStrategy strategy, GenerationListener listener) {
        return generate(generation, List.of(), strategy, listener);
    }

    /**
     * Generates the latents of a set that is controlled by ControlNets.
     *
     * @param controls their residuals are summed
     */
    public GeneratedLatents generate(
            GenerationSpec generation,
            List<Control> controls,
            AttentionStrategy strategy,
            GenerationListener listener) {
        return generate(generation, controls, strategy, Checkpoint.none(), listener);
    }

    /**
     * Generates the latents of a set, with checkpoints.
     *
     * @param checkpoint the generation resumes from its last state and keeps to its chunk size
     */
    public GeneratedLatents generate(
            GenerationSpec generation,
            List<Control> controls,
            AttentionStrategy strategy,
            Checkpoint checkpoint,
            GenerationListener listener) {
        return EngineOutOfMemoryException.fatal(() -> {
            NDManager manager = kernels.newManager();
            try {
                return denoise(generation, controls, strategy, checkpoint, listener, manager);
            } catch (RuntimeException | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    private GeneratedLatents denoise(
            GenerationSpec generation,
            List<Control> controls,
            AttentionStrategy strategy,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        Optional<Restyling> restyling = hasContent(generation.references()) ? strategy.restyling() : Optional.empty();
        FiniteCheck finite = new FiniteCheck(kernels, precision, generation.cfgScale(), "--cfg-scale");
        Solver solver = StepCount.solver(generation.sampler(), model.schedule(), generation.steps())
                .startingAt(generation.firstStep());
        Guidance guidance = new Guidance(
                cfgScale(generation.cfgScale()),
                generation.guidanceRescale(),
                unconditional(generation, finite, manager));
        UNet guided = unet.withGuidanceScale(generation.cfgScale());
        Optional<InpaintingChannels> inpainting = inpaintingChannels(manager);
        InputChannels channels = inpainting.<InputChannels>map(own -> own).orElse(InputChannels.NONE);
        NoisePredictor predictor = new GuidedPredictor(
                new ControlPredictor(
                        network(guided, channels), controls, image -> isDivided(generation, image), manager),
                guidance);
        StyleSharing sharing = new StyleSharing(
                generation.window(),
                AttentionProcessor.plain(kernels),
                new ReferenceForwardPass(guided, guidance, channels),
                promptEncoder::positions);
        boolean endsInPrediction = restyling.isPresent() && !restyling.get().original();
        SetImages set = new SetImages(solver, endsInPrediction, promptEncoder::positions, manager);
        SetDenoiser denoiser = new SetDenoiser(
                set, predictor, sharing, finite, new DenoisingProgress(set, listener, this::decode), checkpoint);
        ImageAttentions attentions = new ImageAttentions(strategy, model.factor(), unet, kernels);
        Optional<InvertedReferences> contents = restyling.map(how -> invert(
                (ReferenceImages) generation.references(),
                generation.clipSkip(),
                channels,
                Coupling.REFERENCES,
                restyling,
                solver,
                checkpoint,
                listener,
                manager));
        List<ImageSpec> images = contents.map(inverted ->
                        new ContentStart(inverted, restyling.get(), solver, manager).of(generation.images()))
                .orElse(generation.images());
        int count = images.size();
        PictureEncoder pictures = new PictureEncoder(autoencoder, model.factor(), inpainting, finite, manager);
        for (ImageSpec image : images) {
            CancellationCheck.throwIf(listener, "before it was generated");
            add(image, generation.clipSkip(), set, attentions, pictures, finite, manager);
            listener.promptsEncoded(set.count(), count);
        }
        int chunk = Math.min(generation.chunk(), checkpoint.maxChunk().orElse(generation.chunk()));
        if (contents.isPresent()) {
            return new GeneratedLatents(
                    this, images, contents, denoiser.denoiseFollowing(contents.get(), chunk), manager);
        }
        if (generation.references() != null) {
            Coupling coupling = attentions.coupling();
            InvertedReferences references = generation.references() instanceof ReferenceTrajectories given
                    ? restore(given, generation.clipSkip(), manager)
                    : invert(
                            (ReferenceImages) generation.references(),
                            generation.clipSkip(),
                            channels,
                            coupling,
                            restyling,
                            solver,
                            checkpoint,
                            listener,
                            manager);
            List<NDArray> latents = coupling == Coupling.SET
                    ? denoiser.denoiseJointlyWith(references)
                    : denoiser.denoiseFollowing(references, chunk);
            return new GeneratedLatents(this, generation.images(), Optional.of(references), latents, manager);
        }
        List<NDArray> latents =
                switch (attentions.coupling()) {
                    case NONE -> denoiser.denoiseIndependently(chunk);
                    case SET -> denoiser.denoiseJointly();
                    case REFERENCES -> denoiser.denoiseFollowingFirst(chunk);
                };
        return new GeneratedLatents(this, generation.images(), Optional.empty(), latents, manager);
    }

    private void add(
            ImageSpec image,
            int clipSkip,
            SetImages set,
            ImageAttentions attentions,
            PictureEncoder pictures,
            FiniteCheck finite,
            NDManager manager) {
        int index = set.count();
        int factor = model.factor();
        ImageNoise noise = noise(image, manager);
        Optional<StartLatents> start = Optional.empty();
        if (image.start() instanceof StartLatents given) {
            start = Optional.of(given);
        } else if (image.start() instanceof InitPicture picture) {
            start = pictures.start(picture, index, noise);
        }
        set.add(noise, start);
        Conditioning conditioning =
                encode(image.prompt(), clipSkip, image.viewWidth(factor), image.viewHeight(factor), finite, manager);
        set.addViews(image.windows(factor), new EncodedPrompt(image.prompt(), conditioning), attentions.of(image));
        if (image.start() instanceof InitPicture picture) {
            pictures.maskedPicture(picture, index, noise);
        }
    }

    private static NoisePredictor network(UNet unet, InputChannels channels) {
        NoisePredictor network = new UNetPredictor(unet);
        return channels == InputChannels.NONE ? network : new InpaintingPredictor(network, channels);
    }

    /** The channels that the UNet has for a mask and a masked picture; empty if it has none. */
    private Optional<InpaintingChannels> inpaintingChannels(NDManager manager) {
        if (model.unet().inChannels() == model.autoencoder().latentChannels()) {
            return Optional.empty();
        }
        return Optional.of(new InpaintingChannels(
                (height, width) -> PictureEncoder.emptyPicture(autoencoder, model.factor(), height, width, manager),
                manager));
    }

    /** The scale of classifier-free guidance; 1 if the network embeds the guidance scale instead. */
    private double cfgScale(double guidanceScale) {
        return unet.embedsGuidance() ? 1 : guidanceScale;
    }

    private boolean isDivided(GenerationSpec generation, int image) {
        return generation.images().get(image).windows(model.factor()).size() > 1;
    }

    private static boolean hasContent(GivenReferences references) {
        return references instanceof ReferenceImages given
                && given.images().stream().anyMatch(image -> image.use().role() == Role.CONTENT);
    }

    private ImageNoise noise(ImageSpec image, NDManager manager) {
        int factor = model.factor();
        return new ImageNoise(
                kernels,
                manager,
                image.seed(),
                1,
                model.autoencoder().latentChannels(),
                image.height() / factor,
                image.width() / factor);
    }

    /** Encodes the references, blends them if requested, and computes the noisy latents of each. */
    private InvertedReferences invert(
            ReferenceImages references,
            int clipSkip,
            InputChannels channels,
            Coupling coupling,
            Optional<Restyling> restyling,
            Solver solver,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        double cfgScale = references.inversion() instanceof ReferenceInversion.Ddim ddim ? ddim.cfgScale() : 1;
        FiniteCheck finite = new FiniteCheck(kernels, precision, cfgScale, "--inversion-cfg");
        List<EncodedReference> blended = EncodedReference.of(references, image -> encode(image, manager), finite);
        if (coupling == Coupling.SET && blended.size() > 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "This attention strategy shares all images equally, so it cannot weight separate references;"
                            + " choose another blend.");
        }
        List<Conditioning> conditionings = blended.stream()
                .map(one -> encode(one.prompt(), clipSkip, width(one), height(one), finite, manager))
                .toList();
        if (references.inversion() instanceof ReferenceInversion.Ddim ddim) {
            Conditioning empty = model.text().inInversion() == Unconditional.ZEROS
                    ? conditionings.get(0).unconditional()
                    : encode("", 0, width(blended.get(0)), height(blended.get(0)), finite, manager);
            Guidance guidance = new Guidance(cfgScale(ddim.cfgScale()), empty);
            InversionScheme scheme = InversionScheme.of(restyling);
            return invert(
                    blended, conditionings, ddim, scheme, guidance, channels, finite, checkpoint, listener, manager);
        }
        return addNoise(blended, conditionings, (ReferenceInversion.Noise) references.inversion(), solver, manager);
    }

    private int width(EncodedReference reference) {
        return (int) reference.latents().getShape().get(3) * model.factor();
    }

    private int height(EncodedReference reference) {
        return (int) reference.latents().getShape().get(2) * model.factor();
    }

    private InvertedReferences invert(
            List<EncodedReference> references,
            List<Conditioning> conditionings,
            ReferenceInversion.Ddim ddim,
            InversionScheme scheme,
            Guidance guidance,
            InputChannels channels,
            FiniteCheck finite,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        DdimInversion inversion = new DdimInversion(
                network(unet.withGuidanceScale(ddim.cfgScale()), channels),
                AttentionProcessor.plain(kernels),
                model.schedule(),
                ddim.steps(),
                scheme);
        int total = references.size() * ddim.steps();
        List<InvertedReferences.Inverted> inverted = new ArrayList<>();
        for (EncodedReference reference : references) {
            int index = inverted.size();
            int before = index * ddim.steps();
            List<NDArray> initial = inversion.begin(reference.latents(), checkpoint.lastInversion(index), manager);
            if (initial.size() > 1) {
                listener.inversionAdvanced(before + initial.size() - 1, total);
            }
            Conditioning conditioning = conditionings.get(index);
            List<NDArray> latents = inversion.invert(initial, conditioning, guidance, manager, latentsSoFar -> {
                int done = latentsSoFar.size() - 1;
                finite.requireInversion(latentsSoFar.get(0), index, done, ddim.steps());
                checkpoint.inversionStepCompleted(index, done, ddim.steps(), () -> StackedLatents.of(latentsSoFar));
                listener.inversionAdvanced(before + done, total);
                CancellationCheck.throwIf(listener, "while its references were inverted");
            });
            inverted.add(new InvertedReferences.Inverted(reference.prompt(), latents, conditioning, reference.use()));
        }
        return new InvertedReferences(inverted, inversion.timesteps(), ddim.offset(), scheme);
    }

    private InvertedReferences addNoise(
            List<EncodedReference> references,
            List<Conditioning> conditionings,
            ReferenceInversion.Noise noise,
            Solver solver,
            NDManager manager) {
        NoisedReferences noised = new NoisedReferences(solver);
        List<InvertedReferences.Inverted> inverted = new ArrayList<>();
        for (EncodedReference reference : references) {
            int index = inverted.size();
            try (NDArray own = kernels.noiseAfter(
                    manager, noise.seed(), index, reference.latents().getShape().getShape())) {
                inverted.add(new InvertedReferences.Inverted(
                        reference.prompt(),
                        noised.latents(reference.latents(), own, manager),
                        conditionings.get(index),
                        reference.use()));
            }
        }
        return new InvertedReferences(inverted, noised.timesteps(), 0, InversionScheme.STYLE_ALIGNED);
    }

    /** Restores references from the trajectories of an earlier set. */
    private InvertedReferences restore(ReferenceTrajectories given, int clipSkip, NDManager manager) {
        List<InvertedReferences.Inverted> restored = new ArrayList<>();
        for (ReferenceTrajectory trajectory : given.trajectories()) {
            if (trajectory.channels() != model.autoencoder().latentChannels()) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "The latents of \"%s\" have %d channels; this model has %d."
                                .formatted(
                                        trajectory.prompt(),
                                        trajectory.channels(),
                                        model.autoencoder().latentChannels()));
            }
            int factor = model.factor();
            restored.add(new InvertedReferences.Inverted(
                    trajectory.prompt(),
                    StackedLatents.unstack(trajectory.latents(), manager),
                    promptEncoder.encode(
                            trajectory.prompt(),
                            clipSkip,
                            (int) trajectory.width() * factor,
                            (int) trajectory.height() * factor,
                            manager),
                    trajectory.use()));
        }
        return new InvertedReferences(restored, given.timesteps(), 0, InversionScheme.STYLE_ALIGNED);
    }

    private Conditioning encode(
            String prompt, int clipSkip, int width, int height, FiniteCheck finite, NDManager manager) {
        return finite.requireText(promptEncoder.encode(prompt, clipSkip, width, height, manager), prompt);
    }

    private NDArray encode(BufferedImage image, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray latents = autoencoder.encode(RgbImages.toTensor(image, pass));
            latents.attach(manager);
            return latents;
        }
    }

    /** The conditioning of the unconditional half: the negative prompt, or the default of the family. */
    private Conditioning unconditional(GenerationSpec generation, FiniteCheck finite, NDManager manager) {
        boolean zeros =
                generation.negativePrompt() == null && model.text().withoutNegativePrompt() == Unconditional.ZEROS;
        String prompt = generation.negativePrompt() == null ? "" : generation.negativePrompt();
        ImageSpec first = generation.images().get(0);
        Conditioning encoded = encode(prompt, 0, first.width(), first.height(), finite, manager);
        return zeros ? encoded.unconditional() : encoded;
    }

    /** Decodes a preview, which may contain NaN where the image itself will not. */
    private BufferedImage decode(NDArray latents) {
        return decode(latents, autoencoder::decode, pixels -> {});
    }

    /**
     * Decodes a result.
     *
     * @param what names the image, with its article
     * @throws AtelierException ENGINE_FAILED if a pixel is NaN or infinite
     */
    BufferedImage decode(NDArray latents, String what) {
        return decode(latents, autoencoder::decode, pixels -> FiniteCheck.requireDecoded(kernels, pixels, what));
    }

    /** Decodes a result whose right end continues at its left end. */
    BufferedImage decodeCircular(NDArray latents, String what) {
        long width = latents.getShape().get(3) * model.factor();
        return decode(
                latents,
                own -> CircularEnds.cropped(autoencoder.decode(CircularEnds.padded(own)), width),
                pixels -> FiniteCheck.requireDecoded(kernels, pixels, what));
    }

    private BufferedImage decode(NDArray latents, UnaryOperator<NDArray> decoder, Consumer<NDArray> check) {
        return EngineOutOfMemoryException.fatal(() -> {
            try (NDManager pass = kernels.newManager()) {
                NDArray own = latents.duplicate();
                own.attach(pass);
                NDArray decoded = decoder.apply(own);
                check.accept(decoded);
                return RgbImages.ofPixels(kernels.pixels(decoded));
            }
        });
    }

    /** The VAE scale factor. */
    int factor() {
        return model.factor();
    }

    @Override
    public void close() {
        promptEncoder.close();
        weights.close();
    }
}
