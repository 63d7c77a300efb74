package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.json.Settings;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * A ControlNet in diffusers' layout: a folder with {@code config.json} and the weights.
 *
 * <p>Opening one reads the configuration and checks the header of every safetensors file, but no weights. Immutable and
 * thread-safe.
 */
public final class ControlNetFolder {

    private static final String CLASS = "ControlNetModel";

    /** Its files have the names of a UNet. */
    private static final ModelComponent.Kind KIND = ModelComponent.Kind.UNET;

    private final Path path;
    private final Settings settings;
    private final WeightFiles weights;

    private ControlNetFolder(Path path, Settings settings, WeightFiles weights) {
        this.path = path;
        this.settings = settings;
        this.weights = weights;
    }

    /**
     * Opens a ControlNet and checks that it is complete.
     *
     * @throws AtelierException MODEL_NOT_FOUND if the folder does not exist; MODEL_INVALID naming the file that is
     *     missing, damaged, a pickle, or of an unsupported class
     */
    public static ControlNetFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, path + ": there is no such folder.");
        }
        Path file = path.resolve(KIND.settingsFile());
        if (!Files.isRegularFile(file)) {
            throw ModelFaults.in(path, "not a ControlNet in diffusers' layout: config.json is missing.");
        }
        Settings settings = Settings.read(file);
        String found = settings.text("_class_name", "");
        if (!found.equals(CLASS)) {
            throw ModelFaults.in(file, "the network is a \"" + found + "\"; only " + CLASS + " can control shapes.");
        }
        WeightFiles weights = WeightFiles.in(path, KIND.weightsStem().orElseThrow(), KIND.naming());
        return new ControlNetFolder(path, settings, weights);
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** {@code config.json}. */
    public Settings settings() {
        return settings;
    }

    /**
     * The tensors of the network, in the file variant that fits the precision best.
     *
     * @param manager owns every tensor and file mapping until it closes
     */
    public Weights weights(TorchKernels kernels, Precision precision, NDManager manager) {
        return new MappedWeights(tensors(precision), kernels, precision, manager);
    }

    /** As {@link ModelSource#headers}. */
    public Weights headers(Precision precision) {
        return new HeaderWeights(tensors(precision));
    }

    private TensorTable tensors(Precision precision) {
        return new TensorTable(path, weights.fitting(precision));
    }
}
