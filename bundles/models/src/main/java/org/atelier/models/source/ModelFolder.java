package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.ClipTokenizer;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * A model in diffusers' folder layout.
 *
 * <p>Opening one reads every configuration and checks the header of every safetensors file, but no weights; nothing in the folder is ever
 * executed. Immutable and thread-safe.
 */
public final class ModelFolder implements ModelSource {

    private static final String SIZE = "sample_size";

    /** The default {@code vocab_size} of a CLIP text model in transformers. */
    private static final int CLIP_VOCABULARY = 49408;

    private static final int MAX_SIZE = 8192;
    private static final int MAX_LEVELS = 8;

    private final Path path;
    private final String name;
    private final Settings index;
    private final ModelFamily family;
    private final Map<String, Settings> settings;
    private final Map<String, WeightFiles> weights;
    private final ModelDescription description;

    private ModelFolder(Path path, String name, ModelInspection inspection, ModelCard card) {
        this.path = path;
        this.name = name;
        this.index = inspection.index();
        this.family = inspection.family();
        this.settings = inspection.settings();
        this.weights = inspection.weights();
        this.description = describe(card);
    }

    /**
     * Opens a model and checks that it is complete.
     *
     * @param folder contains {@code model_index.json} and a folder for each component
     * @throws AtelierException MODEL_NOT_FOUND if the folder does not exist; MODEL_INVALID, with one line per fault, if
     *     a component or file is missing, damaged, a pickle, or of an unsupported class
     */
    public static ModelFolder open(Path folder) {
        return open(folder, String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    /** As {@link #open(Path)}, with the name of the model. */
    public static ModelFolder open(Path folder, String name) {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, path + ": there is no such folder.");
        }
        ModelInspection inspection = new ModelInspection(path);
        inspection.requireComplete();
        return new ModelFolder(path, name, inspection, ModelCard.in(path));
    }

    @Override
    public ModelFamily family() {
        return family;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(index.file()));
        for (ModelComponent component : family.components()) {
            try (Stream<Path> inside = Files.list(path.resolve(component.name()))) {
                inside.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException e) {
                throw ModelFaults.in(path, "cannot be read: " + e.getMessage() + ".", e);
            }
        }
        return List.copyOf(files);
    }

    @Override
    public Settings index() {
        return index;
    }

    @Override
    public Settings settings(String component) {
        Settings found = settings.get(component);
        if (found == null) {
            throw new IllegalArgumentException(component + " is not a component of a " + family.pipelineClass());
        }
        return found;
    }

    @Override
    public Weights weights(String component, TorchKernels kernels, Precision precision, NDManager manager) {
        return new MappedWeights(tensors(component, precision), kernels, precision, manager);
    }

    @Override
    public Weights headers(String component, Precision precision) {
        return new HeaderWeights(tensors(component, precision));
    }

    @Override
    public Map<String, List<Long>> shapes(String component) {
        return tensors(component, Precision.FLOAT32).shapes();
    }

    private TensorTable tensors(String component, Precision precision) {
        WeightFiles files = weights.get(component);
        if (files == null) {
            throw new IllegalArgumentException(component + " has no weights");
        }
        return new TensorTable(path.resolve(component), files.fitting(precision).tensors());
    }

    @Override
    public PromptTokenizer tokenizer(String component) {
        return ClipTokenizer.in(path.resolve(component), settings(component), embeddings(component));
    }

    @Override
    public void checkTokenizer(String component) {
        ClipTokenizer.check(path.resolve(component), settings(component), embeddings(component));
    }

    /** How many token ids the text encoder of a tokenizer has an embedding for. */
    private int embeddings(String tokenizer) {
        TextEncoding encoding = family.textConditioning(index).encodings().stream()
                .filter(one -> one.tokenizer().equals(tokenizer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(tokenizer + " is not a tokenizer"));
        return settings(encoding.textModel()).integer("vocab_size", CLIP_VOCABULARY);
    }

    @Override
    public String identity(Precision precision) {
        return ModelIdentity.of(this, weights, precision);
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    private ModelDescription describe(ModelCard card) {
        Settings unet = settings(ModelComponent.UNET);
        List<Integer> latent =
                unet.has(SIZE) ? unet.integers(SIZE) : List.of(family.defaults().sampleSize());
        int levels = settings(ModelComponent.VAE).integers("block_out_channels").size();
        if (!isImage(latent, levels)) {
            throw ModelFaults.in(
                    unet.file(),
                    SIZE + " = " + latent + " with " + levels + " levels of the VAE is not a valid image size.");
        }
        int pixelsPerLatent = 1 << (levels - 1);
        int height = latent.get(0) * pixelsPerLatent;
        int width = latent.get(latent.size() - 1) * pixelsPerLatent;
        return new ModelDescription(name, path, card.title(), card.note(), card.vocabulary(), width, height);
    }

    private static boolean isImage(List<Integer> latent, int levels) {
        return !latent.isEmpty()
                && latent.stream().allMatch(side -> side > 0 && side <= MAX_SIZE)
                && levels > 0
                && levels <= MAX_LEVELS;
    }
}
