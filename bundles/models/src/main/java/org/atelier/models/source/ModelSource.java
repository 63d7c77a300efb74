package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * An opened model whose weights are not loaded: provides its configurations, tensors and tokenizers. Component names
 * are those of the model family. Immutable and thread-safe.
 */
public interface ModelSource {

    /** The model family. */
    ModelFamily family();

    /** The name of the model in the library, or the name of its folder or file. */
    String name();

    /** The folder or file, absolute. */
    Path path();

    /** The files that affect the output of the model, in an order that does not depend on their location. */
    List<Path> files();

    /** {@code model_index.json}. */
    Settings index();

    /**
     * The configuration of a component.
     *
     * @throws IllegalArgumentException if the family has no such component
     */
    Settings settings(String component);

    /**
     * The tensors of a component by network name, in the file variant that fits the precision best.
     *
     * @param manager owns every tensor and file mapping until it closes
     * @throws IllegalArgumentException if the component has no weights
     */
    Weights weights(String component, TorchKernels kernels, Precision precision, NDManager manager);

    /**
     * A component's tensors for a network that never runs: they are checked by the headers of the files, and {@link Weights#tensor} returns
     * {@code null}.
     *
     * @param precision decides the variant of the files, as for {@link #weights}
     * @throws IllegalArgumentException for what has no weights
     */
    Weights headers(String component, Precision precision);

    /**
     * The shape of every tensor of a component, by network name.
     *
     * @throws IllegalArgumentException if the component has no weights
     */
    Map<String, List<Long>> shapes(String component);

    /**
     * Opens a tokenizer; the caller closes it.
     *
     * @param component a tokenizer in the text conditioning of the family
     * @throws AtelierException MODEL_INVALID if its files are not a valid tokenizer
     */
    PromptTokenizer tokenizer(String component);

    /**
     * Reads and checks the files of a tokenizer as {@link #tokenizer} does, without native code.
     *
     * @throws AtelierException MODEL_INVALID when its files make no tokenizer
     */
    void checkTokenizer(String component);

    /**
     * The identity of the model: independent of its location, different for a fine-tune with the same shapes.
     *
     * @param precision selects the variant of the weights
     * @return SHA-256 of its configurations, vocabularies and a sample of every tensor, 64 hexadecimal digits
     */
    String identity(Precision precision);

    /** The description of the model with its default image size. */
    ModelDescription description();

    /**
     * The models that plugins should use with this model unless the user names others, by the plugin's name; for example
     * {@code picture=sketchbook-caption}. The entry {@code plugin_models} of {@code atelier.json}; empty for most models.
     */
    Map<String, String> pluginModels();
}
