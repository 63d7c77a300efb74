package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.prediction.ControlPredictor;
import org.atelier.diffusion.prediction.GuidedPredictor;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.UNetPredictor;
import org.atelier.diffusion.sampling.BlendedReference;
import org.atelier.diffusion.sampling.CancellationCheck;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageAttentions;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.Inversion;
import org.atelier.diffusion.sampling.InvertedReferences;
import org.atelier.diffusion.sampling.OutOfMemoryTranslation;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferencePass;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.sampling.ReferenceTrajectory;
import org.atelier.diffusion.sampling.SetDenoiser;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.schedule.NoiseSchedule;
import org.atelier.diffusion.schedule.Sampler;
import org.atelier.diffusion.schedule.Samplers;
import org.atelier.diffusion.text.ClipTextModel;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.text.TextEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelFolder;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A loaded Stable Diffusion XL: both text encoders, the UNet and the autoencoder. Not for several threads at once. */
public final class Pipeline implements AutoCloseable {

    /** How many components {@link #load} tells of. */
    public static final int COMPONENTS = 3;

    private final NDManager weights;
    private final TextEncoder textEncoder;
    private final UNet unet;
    private final Autoencoder autoencoder;
    private final AutoencoderSettings autoencoderSettings;
    private final UNetSettings unetSettings;
    private final NoiseSchedule schedule;
    private final boolean zerosForNoText;
    private final Precision precision;
    private final TorchKernels kernels;

    private Pipeline(
            ModelFolder folder, Precision precision, TorchKernels kernels, NDManager weights, Consumer<String> loaded) {
        this.kernels = kernels;
        this.precision = precision;
        this.weights = weights;
        this.schedule = NoiseSchedule.from(folder.settings("scheduler"));
        this.zerosForNoText = folder.index().flag("force_zeros_for_empty_prompt", true);
        this.unetSettings = UNetSettings.from(folder.settings("unet"));
        this.autoencoderSettings = AutoencoderSettings.from(folder.settings("vae"));
        this.unet = new UNet(folder.weights("unet", kernels, precision, weights), unetSettings, precision, kernels);
        loaded.accept("UNet");
        this.autoencoder = new Autoencoder(
                folder.weights("vae", kernels, Precision.FLOAT32, weights), autoencoderSettings, kernels);
        loaded.accept("autoencoder");
        ClipTextModel textModel = textModel(folder, "text_encoder", false);
        ClipTextModel otherTextModel = textModel(folder, "text_encoder_2", true);
        // Last, since they do not lie in the memory of the weights, which is freed where one of these cannot be loaded.
        this.textEncoder = new TextEncoder(
                folder.tokenizer("tokenizer"), textModel, folder.tokenizer("tokenizer_2"), otherTextModel);
        loaded.accept("text encoders");
    }

    /**
     * Loads a model.
     *
     * @param precision in which the UNet and the text encoders compute; the autoencoder computes in float32
     * @param loaded told of each component, when it is loaded
     * @throws AtelierException for a model that is damaged or of an architecture that is not known
     */
    public static Pipeline load(
            ModelFolder folder, Precision precision, TorchKernels kernels, Consumer<String> loaded) {
        return OutOfMemoryTranslation.orFault(() -> {
            NDManager weights = kernels.newManager();
            try {
                return new Pipeline(folder, precision, kernels, weights, loaded);
            } catch (RuntimeException | Error e) {
                weights.close();
                throw e;
            }
        });
    }

    private ClipTextModel textModel(ModelFolder folder, String component, boolean projects) {
        return new ClipTextModel(
                folder.weights(component, kernels, precision, weights),
                ClipTextSettings.from(folder.settings(component)),
                projects,
                kernels);
    }

    /**
     * Loads a ControlNet to draw with, in this pipeline's precision.
     *
     * @return to be closed by the caller
     * @throws AtelierException MODEL_INVALID for one that was not trained for this model, is damaged, or of an
     *     architecture that is not known
     */
    public ControlNet controlNet(ControlNetFolder folder) {
        ControlNetSettings settings = ControlNetSettings.from(folder.settings());
        settings.requireFitting(
                unetSettings, autoencoderSettings.factor(), folder.settings().file());
        return OutOfMemoryTranslation.orFault(() -> {
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
     * Draws a set, but for decoding it.
     *
     * @param strategy how its images attend to one another, but for those that have a strategy of their own
     * @return the latents of every picture, to be closed by the caller
     * @throws AtelierException {@code INVALID_REQUEST} if images that depend on each other differ in size or strategy;
     *     {@code CANCELLED} when the listener says so; {@code OUT_OF_MEMORY} when a pass does not
     *     fit
     */
    public GeneratedLatents draw(GenerationSpec drawing, AttentionStrategy strategy, GenerationListener listener) {
        return draw(drawing, List.of(), strategy, listener);
    }

    /**
     * Draws a set whose shapes ControlNets fix, but for decoding it.
     *
     * @param controls at work together: what they add to the UNet's features is summed
     */
    public GeneratedLatents draw(
            GenerationSpec drawing, List<Control> controls, AttentionStrategy strategy, GenerationListener listener) {
        return draw(drawing, controls, strategy, Checkpoint.none(), listener);
    }

    /**
     * Draws a set that a crash does not undo, but for decoding it.
     *
     * @param checkpoint at what it kept last the drawing goes on, with as many pictures at once as it allows
     */
    public GeneratedLatents draw(
            GenerationSpec drawing,
            List<Control> controls,
            AttentionStrategy strategy,
            Checkpoint checkpoint,
            GenerationListener listener) {
        return OutOfMemoryTranslation.orFault(() -> {
            NDManager manager = kernels.newManager();
            try {
                return denoise(drawing, controls, strategy, checkpoint, listener, manager);
            } catch (RuntimeException | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    private GeneratedLatents denoise(
            GenerationSpec drawing,
            List<Control> controls,
            AttentionStrategy strategy,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        Sampler sampler = Samplers.create(drawing.sampler(), schedule, drawing.steps());
        Guidance guidance = new Guidance(drawing.cfgScale(), unconditional(drawing, manager));
        NoisePredictor predictor =
                new GuidedPredictor(new ControlPredictor(new UNetPredictor(unet), controls, manager), guidance);
        SetDenoiser denoiser = new SetDenoiser(
                predictor,
                new ReferencePass(unet, guidance),
                guidance.halves(),
                AttentionProcessor.plain(kernels),
                drawing.window(),
                sampler,
                schedule::ratio,
                manager,
                checkpoint,
                listener,
                this::picture);
        ImageAttentions attentions = new ImageAttentions(strategy, autoencoderSettings.factor(), unet, kernels);
        int count = drawing.subjects().size();
        for (ImageSpec subject : drawing.subjects()) {
            denoiser.add(
                    noise(subject, manager),
                    textEncoder.read(subject.prompt(), sizes(subject.width(), subject.height()), manager),
                    attentions.of(subject));
            listener.read(denoiser.count(), count);
        }
        int chunk = Math.min(drawing.chunk(), checkpoint.most().orElse(drawing.chunk()));
        if (drawing.references() != null) {
            AttentionStrategy.Coupling coupling = attentions.coupling();
            InvertedReferences references = drawing.references() instanceof ReferenceTrajectories given
                    ? recall(given, manager)
                    : invert((ReferenceImages) drawing.references(), coupling, checkpoint, listener, manager);
            List<NDArray> latents = coupling == AttentionStrategy.Coupling.SET
                    ? denoiser.denoiseTogetherWith(references)
                    : denoiser.denoiseAfter(references, chunk);
            return new GeneratedLatents(this, Optional.of(references), latents, manager);
        }
        List<NDArray> latents =
                switch (attentions.coupling()) {
                    case NONE -> denoiser.denoiseAlone(chunk);
                    case SET -> denoiser.denoiseTogether();
                    case REFERENCES -> denoiser.denoiseAfterFirst(chunk);
                };
        return new GeneratedLatents(this, Optional.empty(), latents, manager);
    }

    private NDArray noise(ImageSpec subject, NDManager manager) {
        int factor = autoencoderSettings.factor();
        return kernels.noise(
                manager,
                subject.seed(),
                1,
                unetSettings.inChannels(),
                subject.height() / factor,
                subject.width() / factor);
    }

    /** Original size, crop and target size, as Stable Diffusion XL is told them: a whole picture of its own size. */
    private static float[] sizes(int width, int height) {
        return new float[] {height, width, 0, 0, height, width};
    }

    /** Encodes the references, blends them where that is asked, and brings each to noise. */
    private InvertedReferences invert(
            ReferenceImages references,
            AttentionStrategy.Coupling coupling,
            Checkpoint checkpoint,
            GenerationListener listener,
            NDManager manager) {
        List<BlendedReference> blended = BlendedReference.of(references, picture -> encode(picture, manager));
        if (coupling == AttentionStrategy.Coupling.SET && blended.size() > 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "This attention lets every picture see all others alike, so references that are kept apart would have no weights; choose another blend.");
        }
        Inversion inversion =
                new Inversion(new UNetPredictor(unet), AttentionProcessor.plain(kernels), schedule, references.steps());
        BufferedImage first = references.pictures().get(0).picture();
        float[] sizes = sizes(first.getWidth(), first.getHeight());
        int total = blended.size() * references.steps();
        List<InvertedReferences.Inverted> inverted = new ArrayList<>();
        for (BlendedReference reference : blended) {
            Conditioning condition = textEncoder.read(reference.prompt(), sizes, manager);
            Guidance guidance = new Guidance(references.cfgScale(), condition.nothing());
            int index = inverted.size();
            int before = index * references.steps();
            List<NDArray> begun = inversion.begin(reference.latents(), checkpoint.lastOfReference(index), manager);
            if (begun.size() > 1) {
                listener.inverted(before + begun.size() - 1, total);
            }
            List<NDArray> latents = inversion.invert(begun, condition, guidance, manager, made -> {
                int done = made.size() - 1;
                checkpoint.inverted(index, done, references.steps(), () -> StackedLatents.of(made));
                listener.inverted(before + done, total);
                CancellationCheck.throwIf(listener, "while its references were inverted");
            });
            inverted.add(new InvertedReferences.Inverted(reference.prompt(), latents, condition, reference.use()));
        }
        return new InvertedReferences(inverted, inversion.timesteps(), references.offset());
    }

    /** References as an earlier set left them. */
    private InvertedReferences recall(ReferenceTrajectories given, NDManager manager) {
        List<InvertedReferences.Inverted> recalled = new ArrayList<>();
        for (ReferenceTrajectory trajectory : given.each()) {
            if (trajectory.channels() != unetSettings.inChannels()) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "The latents of \"%s\" have %d channels; this model's have %d."
                                .formatted(trajectory.prompt(), trajectory.channels(), unetSettings.inChannels()));
            }
            int factor = autoencoderSettings.factor();
            float[] sizes = sizes((int) trajectory.width() * factor, (int) trajectory.height() * factor);
            recalled.add(new InvertedReferences.Inverted(
                    trajectory.prompt(),
                    StackedLatents.apart(trajectory.latents(), manager),
                    textEncoder.read(trajectory.prompt(), sizes, manager),
                    trajectory.use()));
        }
        return new InvertedReferences(recalled, given.timesteps(), 0);
    }

    private NDArray encode(BufferedImage picture, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray latents = autoencoder.encode(RgbImages.toTensor(picture, pass));
            latents.attach(manager);
            return latents;
        }
    }

    /** What the unconditional half is told: the negative prompt; without one, zeros where the model was trained so. */
    private Conditioning unconditional(GenerationSpec drawing, NDManager manager) {
        boolean zeros = drawing.negativePrompt() == null && zerosForNoText;
        String text = drawing.negativePrompt() == null ? "" : drawing.negativePrompt();
        ImageSpec any = drawing.subjects().get(0);
        Conditioning read = textEncoder.read(text, sizes(any.width(), any.height()), manager);
        return zeros ? read.nothing() : read;
    }

    BufferedImage picture(NDArray latents) {
        return OutOfMemoryTranslation.orFault(() -> {
            try (NDManager pass = kernels.newManager()) {
                NDArray own = latents.duplicate();
                own.attach(pass);
                NDArray pixels = kernels.pixels(autoencoder.decode(own));
                return RgbImages.ofPixels(pixels);
            }
        });
    }

    @Override
    public void close() {
        textEncoder.close();
        weights.close();
    }
}
