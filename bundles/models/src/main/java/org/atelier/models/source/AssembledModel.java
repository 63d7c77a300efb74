package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** A model of configurations and of the tensors of each component, from one folder or from several places. */
final class AssembledModel implements ModelSource {

    private static final String SIZE = "sample_size";

    private static final int MAX_SIZE = 8192;
    private static final int MAX_LEVELS = 8;

    private final Path path;
    private final String name;
    private final ModelConfigurations configurations;
    private final Map<String, ComponentWeights> weights;
    private final List<Path> files;
    private final ModelCard card;
    private final ModelDescription description;

    /**
     * @param path the folder or file
     * @param files those that affect the output, in an order that does not depend on their location
     */
    AssembledModel(
            Path path,
            String name,
            ModelConfigurations configurations,
            Map<String, ComponentWeights> weights,
            List<Path> files,
            ModelCard card) {
        this.path = path;
        this.name = name;
        this.configurations = configurations;
        this.weights = Map.copyOf(weights);
        this.files = List.copyOf(files);
        this.card = card;
        this.description = describe();
    }

    /** A copy with another VAE. */
    AssembledModel withAutoencoder(Settings settings, ComponentWeights autoencoder, List<Path> itsFiles) {
        Map<String, ComponentWeights> changed = new HashMap<>(weights);
        changed.put(ModelComponent.VAE, autoencoder);
        List<Path> all = new ArrayList<>(files);
        all.addAll(itsFiles);
        return new AssembledModel(path, name, configurations.with(ModelComponent.VAE, settings), changed, all, card);
    }

    @Override
    public ModelFamily family() {
        return configurations.family();
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
        return files;
    }

    @Override
    public Settings index() {
        return configurations.index();
    }

    @Override
    public Settings settings(String component) {
        return configurations.of(component);
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
        ComponentWeights found = weights.get(component);
        if (found == null) {
            throw new IllegalArgumentException(component + " has no weights");
        }
        return new TensorTable(found.path(), found.fitting(precision));
    }

    @Override
    public PromptTokenizer tokenizer(String component) {
        return configurations.tokenizer(component);
    }

    @Override
    public void checkTokenizer(String component) {
        configurations.checkTokenizer(component);
    }

    @Override
    public String identity(Precision precision) {
        return ModelIdentity.of(configurations, weights, precision);
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Map<String, String> pluginModels() {
        return card.pluginModels();
    }

    private ModelDescription describe() {
        Settings unet = settings(ModelComponent.UNET);
        List<Integer> latent = unet.has(SIZE)
                ? unet.integers(SIZE)
                : List.of(family().defaults().sampleSize());
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
