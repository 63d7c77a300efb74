package org.atelier.diffusion;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.models.ModelFolder;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A loaded Stable Diffusion XL: both text encoders, the UNet and the autoencoder. Not for several threads at once. */
public final class Pipeline implements AutoCloseable {

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

    private Pipeline(ModelFolder folder, Precision precision, TorchKernels kernels, Consumer<String> loaded) {
        this.kernels = kernels;
        this.precision = precision;
        this.weights = kernels.newManager();
        this.schedule = NoiseSchedule.from(folder.settings("scheduler"));
        this.zerosForNoText = folder.index().flag("force_zeros_for_empty_prompt", true);
        this.unetSettings = UNetSettings.from(folder.settings("unet"));
        this.autoencoderSettings = AutoencoderSettings.from(folder.settings("vae"));
        this.textEncoder = new TextEncoder(
                folder.tokenizer("tokenizer"),
                textModel(folder, "text_encoder", false),
                folder.tokenizer("tokenizer_2"),
                textModel(folder, "text_encoder_2", true));
        loaded.accept("text encoders");
        this.unet = new UNet(folder.weights("unet", kernels, precision, weights), unetSettings, precision, kernels);
        loaded.accept("UNet");
        this.autoencoder = new Autoencoder(
                folder.weights("vae", kernels, Precision.FLOAT32, weights), autoencoderSettings, kernels);
        loaded.accept("autoencoder");
    }

    /** How many components {@link #load} tells of. */
    public static final int COMPONENTS = 3;

    /**
     * Loads a model.
     *
     * @param precision in which the UNet and the text encoders compute; the autoencoder computes in float32
     * @param loaded told of each component, when it is loaded
     * @throws AtelierException for a model that is damaged or of an architecture that is not known
     */
    public static Pipeline load(
            ModelFolder folder, Precision precision, TorchKernels kernels, Consumer<String> loaded) {
        return withinMemory(() -> new Pipeline(folder, precision, kernels, loaded));
    }

    private ClipTextModel textModel(ModelFolder folder, String component, boolean projects) {
        return new ClipTextModel(
                folder.weights(component, kernels, precision, weights),
                ClipTextSettings.from(folder.settings(component)),
                projects,
                kernels);
    }

    /**
     * Draws a set, but for decoding it.
     *
     * @param strategy how its images attend to one another
     * @return the latents of every picture, to be closed by the caller
     * @throws AtelierException {@code CANCELLED} when the listener says so; {@code OUT_OF_MEMORY} when a pass does not
     *     fit
     */
    public DrawnLatents draw(Drawing drawing, AttentionStrategy strategy, DrawingListener listener) {
        return withinMemory(() -> {
            NDManager manager = kernels.newManager();
            try {
                return new DrawnLatents(this, denoise(drawing, strategy, listener, manager), manager);
            } catch (RuntimeException e) {
                manager.close();
                throw e;
            }
        });
    }

    private List<NDArray> denoise(
            Drawing drawing, AttentionStrategy strategy, DrawingListener listener, NDManager manager) {
        int height = drawing.height() / autoencoderSettings.factor();
        int width = drawing.width() / autoencoderSettings.factor();
        List<Condition> conditions = new ArrayList<>();
        List<NDArray> noise = new ArrayList<>();
        int count = drawing.prompts().size();
        for (int picture = 0; picture < count; picture++) {
            conditions.add(textEncoder.read(drawing.prompts().get(picture), drawing.sizes(), manager));
            noise.add(kernels.noise(manager, drawing.seed() + picture, 1, unetSettings.inChannels(), height, width));
            listener.read(picture + 1, count);
        }
        SetDenoiser denoiser = new SetDenoiser(
                unet,
                new LayerAttentions(strategy, unet.selfAttentions(height, width), kernels),
                strategy.coupling(),
                Samplers.create(drawing.sampler(), schedule, drawing.steps()),
                drawing.cfgScale(),
                noise,
                conditions,
                nothing(drawing, conditions.get(0), manager),
                drawing.chunk(),
                manager);
        return denoiser.denoise(listener, this::picture);
    }

    /** What the unconditional half is told: the negative prompt; without one, zeros where the model was trained so. */
    private Condition nothing(Drawing drawing, Condition like, NDManager manager) {
        if (drawing.negativePrompt() == null && zerosForNoText) {
            return new Condition(like.words().zerosLike(), like.pooled().zerosLike(), like.sizes());
        }
        String text = drawing.negativePrompt() == null ? "" : drawing.negativePrompt();
        return textEncoder.read(text, drawing.sizes(), manager);
    }

    static <T> T withinMemory(Supplier<T> work) {
        try {
            return work.get();
        } catch (EngineException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("alloc") || message.contains("out of memory")) {
                throw new AtelierException(
                        Code.OUT_OF_MEMORY,
                        "The memory does not suffice: take fewer pictures at once (chunk 1), a smaller size or bfloat16.",
                        e);
            }
            throw e;
        }
    }

    BufferedImage picture(NDArray latents) {
        return withinMemory(() -> {
            try (NDManager pass = kernels.newManager()) {
                NDArray own = latents.duplicate();
                own.attach(pass);
                NDArray pixels = kernels.pixels(autoencoder.decode(own));
                return picture(pixels.getShape(), pixels.toByteBuffer());
            }
        });
    }

    /** @param pixels (height, width, red-green-blue) */
    private static BufferedImage picture(Shape shape, ByteBuffer pixels) {
        BufferedImage picture = new BufferedImage((int) shape.get(1), (int) shape.get(0), BufferedImage.TYPE_3BYTE_BGR);
        byte[] raster = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < raster.length; i += 3) {
            raster[i + 2] = pixels.get(i);
            raster[i + 1] = pixels.get(i + 1);
            raster[i] = pixels.get(i + 2);
        }
        return picture;
    }

    @Override
    public void close() {
        weights.close();
    }
}
