package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.attention.Restyling;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.denoising.DenoisingProgress;
import org.atelier.diffusion.denoising.SetDenoiser;
import org.atelier.diffusion.denoising.SetImages;
import org.atelier.diffusion.denoising.StyleSharing;
import org.atelier.diffusion.inversion.ContentStart;
import org.atelier.diffusion.inversion.InversionScheme;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.inversion.ReferenceForwardPass;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.prediction.ControlPredictor;
import org.atelier.diffusion.prediction.GuidedPredictor;
import org.atelier.diffusion.prediction.InpaintingChannels;
import org.atelier.diffusion.prediction.InputChannels;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.sampling.CancellationCheck;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageAttentions;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.StartLatents;
import org.atelier.diffusion.sampling.StepCount;

/** Generates one set: encodes its prompts and pictures, prepares its references, and denoises its images. */
final class Generation {

    private final LoadedNetworks networks;
    private final GenerationSpec generation;
    private final Checkpoint checkpoint;
    private final GenerationListener listener;
    private final NDManager manager;
    private final FiniteCheck finite;
    private final Solver solver;
    private final PromptConditioning prompts;
    private final ImageDecoder decoder;
    private final Optional<InpaintingChannels> inpainting;

    /**
     * @param checkpoint the generation resumes from its last state and keeps to its chunk size
     * @param manager owns everything that lives as long as the set
     */
    Generation(
            LoadedNetworks networks,
            GenerationSpec generation,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        this.networks = networks;
        this.generation = generation;
        this.checkpoint = checkpoint;
        this.listener = listener;
        this.manager = manager;
        this.finite = networks.finiteCheck(generation.cfgScale(), "--cfg-scale");
        this.solver = StepCount.solver(generation.sampler(), networks.model().schedule(), generation.steps())
                .startingAt(generation.firstStep());
        this.prompts = new PromptConditioning(networks, generation.clipSkip(), finite, manager);
        this.decoder = new ImageDecoder(networks.autoencoder(), networks.factor(), networks.kernels());
        this.inpainting = networks.hasInpaintingChannels()
                ? Optional.of(new InpaintingChannels(
                        (height, width) -> networks.encodeEmpty(height, width, manager), manager))
                : Optional.empty();
    }

    /**
     * Generates the latents of the set.
     *
     * @param controls their residuals are summed
     * @param strategy attention of the images that have no strategy of their own
     */
    GeneratedLatents generate(List<Control> controls, AttentionStrategy strategy) {
        Optional<Restyling> restyling = hasContent() ? strategy.restyling() : Optional.empty();
        Guidance guidance = guidance();
        ReferencePreparation references = references();
        ImageAttentions attentions = attentions(strategy);

        // Restyled images start from the noisiest latents of their contents, so these come first.
        Optional<InvertedReferences> contents = restyling.map(
                how -> references.prepare(generation.references(), Coupling.REFERENCES, InversionScheme.of(restyling)));
        List<ImageSpec> specs = contents.map(inverted ->
                        new ContentStart(inverted, restyling.get(), solver, manager).of(generation.images()))
                .orElse(generation.images());
        SetImages images = encode(specs, attentions, restyling);
        Coupling coupling = restyling.isPresent() ? Coupling.REFERENCES : attentions.coupling();
        Optional<InvertedReferences> given = contents.or(() -> Optional.ofNullable(generation.references())
                .map(own -> references.prepare(own, coupling, InversionScheme.STYLE_ALIGNED)));
        SetDenoiser denoiser = new SetDenoiser(
                images,
                predictor(guidance, controls),
                sharing(guidance),
                finite,
                new DenoisingProgress(images, listener, decoder::preview),
                checkpoint);
        List<NDArray> latents = denoise(denoiser, coupling, given);
        return new GeneratedLatents(decoder, specs, given, byImage(latents), manager);
    }

    /** Prepares the given references as {@link #generate} does for a set without content images. */
    ReferenceTrajectories invert(AttentionStrategy strategy) {
        ImageAttentions attentions = attentions(strategy);
        generation.images().forEach(attentions::of);
        return references()
                .prepare(generation.references(), attentions.coupling(), InversionScheme.STYLE_ALIGNED)
                .trajectories();
    }

    private ImageAttentions attentions(AttentionStrategy strategy) {
        return new ImageAttentions(strategy, networks.factor(), networks.unet(), networks.kernels());
    }

    /** @param latents of the generated images, in order */
    private Map<Integer, NDArray> byImage(List<NDArray> latents) {
        Map<Integer, NDArray> byImage = new TreeMap<>();
        for (int image : generation.generated()) {
            byImage.put(image, latents.get(byImage.size()));
        }
        return byImage;
    }

    /** Whether the references have content images, which some strategies redraw. */
    private boolean hasContent() {
        return generation.references() instanceof ReferenceImages given
                && given.images().stream().anyMatch(image -> image.use().role() == Role.CONTENT);
    }

    private Guidance guidance() {
        ImageSpec first = generation.images().get(0);
        return new Guidance(
                networks.cfgScale(generation.cfgScale()),
                generation.guidanceRescale(),
                prompts.unconditional(generation.negativePrompt(), first.width(), first.height()));
    }

    private InputChannels channels() {
        return inpainting.<InputChannels>map(own -> own).orElse(InputChannels.NONE);
    }

    private ReferencePreparation references() {
        ReferenceInverter inverter =
                new ReferenceInverter(networks, channels(), decoder, checkpoint, listener, manager);
        return new ReferencePreparation(networks, prompts, inverter, solver, manager);
    }

    /** The UNet with the residuals of ControlNets, guided. */
    private NoisePredictor predictor(Guidance guidance, List<Control> controls) {
        NoisePredictor unet = networks.predictor(generation.cfgScale(), channels());
        return new GuidedPredictor(new ControlPredictor(unet, controls, this::isDivided, manager), guidance);
    }

    private boolean isDivided(int image) {
        return generation.images().get(image).windows(networks.factor()).size() > 1;
    }

    private StyleSharing sharing(Guidance guidance) {
        return new StyleSharing(
                generation.window(),
                networks.plainAttention(),
                new ReferenceForwardPass(
                        networks.unet().withGuidanceScale(generation.cfgScale()), guidance, channels()),
                networks.promptEncoder()::positions);
    }

    /** Encodes the prompts and pictures of the images that are generated. */
    private SetImages encode(List<ImageSpec> specs, ImageAttentions attentions, Optional<Restyling> restyling) {
        boolean endsInPrediction = restyling.isPresent() && !restyling.get().original();
        SetImages images = new SetImages(solver, endsInPrediction, networks.promptEncoder()::positions, manager);
        PictureEncoder pictures = new PictureEncoder(networks, inpainting, finite, manager);
        RegionEncoder regions = new RegionEncoder(networks, prompts, solver, manager);
        specs.forEach(attentions::of); // All images of the set say how it is coupled, also those that are left out.
        for (int image : generation.generated()) {
            CancellationCheck.throwIf(listener, "before it was generated");
            encode(image, specs.get(image), images, attentions, pictures, regions);
            listener.promptsEncoded(images.count(), generation.generated().size());
        }
        return images;
    }

    private void encode(
            int image,
            ImageSpec spec,
            SetImages images,
            ImageAttentions attentions,
            PictureEncoder pictures,
            RegionEncoder regions) {
        int factor = networks.factor();
        ImageNoise noise = noise(spec);
        images.add(image, noise, start(spec, image, noise, pictures));
        EncodedPrompt prompt = new EncodedPrompt(
                spec.prompt(), prompts.positive(spec.prompt(), spec.viewWidth(factor), spec.viewHeight(factor)));
        if (spec.regions().isEmpty()) {
            images.addViews(spec.windows(factor), prompt, attentions.of(spec));
        } else {
            regions.addViews(spec, prompt, noise, attentions.of(spec), images);
        }
        if (spec.start() instanceof InitPicture picture) {
            pictures.maskedPicture(picture, image, noise);
        }
    }

    private ImageNoise noise(ImageSpec spec) {
        int factor = networks.factor();
        int channels = networks.model().autoencoder().latentChannels();
        return new ImageNoise(
                networks.kernels(), manager, spec.seed(), 1, channels, spec.height() / factor, spec.width() / factor);
    }

    private static Optional<StartLatents> start(ImageSpec spec, int image, ImageNoise noise, PictureEncoder pictures) {
        if (spec.start() instanceof StartLatents given) {
            return Optional.of(given);
        }
        return spec.start() instanceof InitPicture picture ? pictures.start(picture, image, noise) : Optional.empty();
    }

    /** Denoises the images as their attention couples them. */
    private List<NDArray> denoise(SetDenoiser denoiser, Coupling coupling, Optional<InvertedReferences> references) {
        int chunk = Math.min(generation.chunk(), checkpoint.maxChunk().orElse(generation.chunk()));
        if (references.isPresent()) {
            return coupling == Coupling.SET
                    ? denoiser.denoiseJointlyWith(references.get())
                    : denoiser.denoiseFollowing(references.get(), chunk);
        }
        return switch (coupling) {
            case NONE -> denoiser.denoiseIndependently(chunk);
            case SET -> denoiser.denoiseJointly();
            case REFERENCES -> denoiser.denoiseFollowingFirst(chunk);
        };
    }
}
