package org.atelier.models.lora;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelSource;
import org.atelier.models.source.Weights;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * A model with LoRAs added to its weights. Its files and its identity are those of the model alone: a request records
 * its LoRAs by their hashes. Immutable and thread-safe.
 */
public final class LoraModel implements ModelSource {

    private final ModelSource base;
    private final Map<String, Map<String, List<WeightDelta>>> deltas;

    private LoraModel(ModelSource base, Map<String, Map<String, List<WeightDelta>>> deltas) {
        this.base = base;
        this.deltas = deltas;
    }

    /**
     * Adds LoRAs to a model. Reads no weights.
     *
     * @param loras their files stay in place as long as the model is in use
     * @return the model itself if there are none
     * @throws AtelierException MODEL_INVALID with one line for each LoRA that does not fit the model
     */
    public static ModelSource of(ModelSource base, List<AppliedLora> loras) {
        return loras.isEmpty() ? base : new LoraModel(base, LoraFit.of(base, loras));
    }

    @Override
    public Weights weights(String component, TorchKernels kernels, Precision precision, NDManager manager) {
        Weights plain = base.weights(component, kernels, precision, manager);
        Map<String, List<WeightDelta>> added = deltas.get(component);
        return added == null
                ? plain
                : new LoraWeights(
                        plain,
                        base.weights(component, kernels, Precision.FLOAT32, manager),
                        added,
                        kernels,
                        precision,
                        manager);
    }

    @Override
    public Weights headers(String component, Precision precision) {
        return base.headers(component, precision);
    }

    @Override
    public Map<String, List<Long>> shapes(String component) {
        return base.shapes(component);
    }

    @Override
    public ModelFamily family() {
        return base.family();
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public Path path() {
        return base.path();
    }

    @Override
    public List<Path> files() {
        return base.files();
    }

    @Override
    public Settings index() {
        return base.index();
    }

    @Override
    public Settings settings(String component) {
        return base.settings(component);
    }

    @Override
    public PromptTokenizer tokenizer(String component) {
        return base.tokenizer(component);
    }

    @Override
    public void checkTokenizer(String component) {
        base.checkTokenizer(component);
    }

    @Override
    public String identity(Precision precision) {
        return base.identity(precision);
    }

    @Override
    public ModelDescription description() {
        return base.description();
    }

    @Override
    public Map<String, String> pluginModels() {
        return base.pluginModels();
    }
}
