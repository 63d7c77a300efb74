package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.prediction.Control;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.EngineOutOfMemoryException;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.ControlNetSettings;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A loaded model: text encoders, UNet and autoencoder. Not thread-safe. */
public final class Pipeline implements AutoCloseable {

    /** The number of components that {@link #load} reports. */
    public static final int COMPONENTS = 3;

    private final LoadedNetworks networks;
    private final NDManager weights;

    private Pipeline(LoadedNetworks networks, NDManager weights) {
        this.networks = networks;
        this.weights = weights;
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
                return new Pipeline(new NetworkLoader(model, kernels, weights).load(precision, loaded), weights);
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
        ControlNetSettings settings = networks.model().controlNet(folder);
        Precision precision = networks.precision();
        TorchKernels kernels = networks.kernels();
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
            NDManager manager = networks.kernels().newManager();
            try {
                return new Generation(networks, generation, checkpoint, listener, manager).generate(controls, strategy);
            } catch (RuntimeException | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    /**
     * Inverts the references of a set, and generates none of its images.
     *
     * @param generation with references
     * @param strategy attention of the images that have no strategy of their own
     * @return what a set with these references can be generated from
     * @throws AtelierException as {@link #generate}
     */
    public ReferenceTrajectories invert(
            GenerationSpec generation, AttentionStrategy strategy, GenerationListener listener) {
        return EngineOutOfMemoryException.fatal(() -> {
            try (NDManager manager = networks.kernels().newManager()) {
                return new Generation(networks, generation, Checkpoint.none(), listener, manager).invert(strategy);
            }
        });
    }

    @Override
    public void close() {
        networks.promptEncoder().close();
        weights.close();
    }
}
