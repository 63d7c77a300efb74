package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.json.Settings;
import org.atelier.models.library.ModelCard;
import org.atelier.models.tokenizer.ClipTokenizer;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * A Stable Diffusion XL model in diffusers' folder layout.
 *
 * <p>Opening one reads every configuration and checks the header of every safetensors file, but no weights; nothing in the folder is ever
 * executed. Immutable and thread-safe.
 */
public final class ModelFolder {

    private static final String SIZE = "sample_size";
    /** What diffusers takes where a UNet does not say. */
    private static final int USUAL_SIZE = 128;

    /** What transformers takes where a CLIP text model does not say. */
    private static final int CLIP_VOCABULARY = 49408;

    private static final int LARGEST_SIZE = 8192;
    private static final int MOST_LEVELS = 8;

    private final Path path;
    private final String name;
    private final Settings index;
    private final Map<Component, Settings> settings;
    private final Map<Component, WeightFiles> weights;
    private final ModelDescription description;

    private ModelFolder(Path path, String name, ModelInspection inspection, ModelCard card) {
        this.path = path;
        this.name = name;
        this.index = inspection.index();
        this.settings = inspection.settings();
        this.weights = inspection.weights();
        this.description = describe(card);
    }

    /**
     * Opens a model, whole or not at all.
     *
     * @param folder holds {@code model_index.json} and a folder for each component
     * @throws AtelierException MODEL_NOT_FOUND when there is no such folder; MODEL_INVALID, with every fault on a line of its own, when a
     *     component or file is missing, damaged, a pickle, or of a class that is not known
     */
    public static ModelFolder open(Path folder) {
        return open(folder, String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    /** As {@link #open(Path)}, of a model that has a name of its own. */
    public static ModelFolder open(Path folder, String name) {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, path + ": there is no such folder.");
        }
        ModelInspection inspection = new ModelInspection(path);
        inspection.requireWhole();
        return new ModelFolder(path, name, inspection, ModelCard.in(path));
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** What the model is called: its name in the library, or else the folder's own. */
    public String name() {
        return name;
    }

    /** {@code model_index.json}. */
    public Settings index() {
        return index;
    }

    /**
     * The configuration of a component: {@code config.json}, {@code scheduler_config.json} or {@code tokenizer_config.json}.
     *
     * @param component a folder's name, such as {@code unet}
     */
    public Settings settings(String component) {
        return settings.get(component(component));
    }

    /**
     * A component's tensors, in the variant of its files that fits the precision best.
     *
     * @param component {@code unet}, {@code vae}, {@code text_encoder} or {@code text_encoder_2}
     * @param manager owns every tensor, and what is mapped of the files, until it closes
     */
    public Weights weights(String component, TorchKernels kernels, Precision precision, NDManager manager) {
        WeightFiles files = weights.get(component(component));
        if (files == null) {
            throw new IllegalArgumentException(component + " has no weights");
        }
        return new MappedWeights(
                path.resolve(component), files.fitting(precision).tensors(), kernels, precision, manager);
    }

    /**
     * A new tokenizer, to be closed by the caller.
     *
     * @param component {@code tokenizer} or {@code tokenizer_2}
     * @throws AtelierException MODEL_INVALID when its files make no tokenizer
     */
    public PromptTokenizer tokenizer(String component) {
        Component encoder =
                switch (component(component)) {
                    case TOKENIZER -> Component.TEXT_ENCODER;
                    case TOKENIZER_2 -> Component.TEXT_ENCODER_2;
                    default -> throw new IllegalArgumentException(component + " is not a tokenizer");
                };
        return ClipTokenizer.in(path.resolve(component), settings.get(encoder).integer("vocab_size", CLIP_VOCABULARY));
    }

    /**
     * What makes the model this one: the same wherever its folder lies, another for a fine-tune of the same shapes.
     *
     * @param precision in which it is drawn with, for it decides which of the weights are taken
     * @return a SHA-256 of its configurations, its vocabularies and a sample of every tensor, 64 hexadecimal digits
     */
    public String identity(Precision precision) {
        return ModelIdentity.of(path, index, settings, weights, precision);
    }

    /** What the model is, and the size it draws unless asked otherwise. */
    public ModelDescription description() {
        return description;
    }

    private ModelDescription describe(ModelCard card) {
        Settings unet = settings.get(Component.UNET);
        List<Integer> latent = unet.has(SIZE) ? unet.integers(SIZE) : List.of(USUAL_SIZE);
        int levels = settings.get(Component.VAE).integers("block_out_channels").size();
        if (!isPicture(latent, levels)) {
            throw ModelFaults.in(
                    unet.file(), SIZE + " = " + latent + " with " + levels + " levels of the VAE is no picture.");
        }
        int pixelsPerLatent = 1 << (levels - 1);
        int height = latent.get(0) * pixelsPerLatent;
        int width = latent.get(latent.size() - 1) * pixelsPerLatent;
        return new ModelDescription(name, path, card.title(), card.note(), card.vocabulary(), width, height);
    }

    private static boolean isPicture(List<Integer> latent, int levels) {
        return !latent.isEmpty()
                && latent.stream().allMatch(side -> side > 0 && side <= LARGEST_SIZE)
                && levels > 0
                && levels <= MOST_LEVELS;
    }

    private static Component component(String folder) {
        return Component.named(folder)
                .orElseThrow(() -> new IllegalArgumentException(folder + " is not a component of a model"));
    }
}
