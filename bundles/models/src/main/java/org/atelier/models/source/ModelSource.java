package org.atelier.models.source;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelDescription;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Where a model's configurations, tensors and tokenizers come from: an opened model, its weights not loaded. Components are called as the
 * model's family calls them. Immutable and thread-safe.
 */
public interface ModelSource {

    /** What kind of model it is. */
    ModelFamily family();

    /** What the model is called: its name in the library, or else that of its folder or file. */
    String name();

    /** The folder or file, absolute. */
    Path path();

    /** The files that decide what the model generates, in an order that is the same wherever they lie. */
    List<Path> files();

    /** {@code model_index.json}. */
    Settings index();

    /**
     * The configuration of a component.
     *
     * @throws IllegalArgumentException for what is not a component of the family
     */
    Settings settings(String component);

    /**
     * A component's tensors, by the names that networks use, in the variant of its files that fits the precision best.
     *
     * @param manager owns every tensor, and what is mapped of the files, until it closes
     * @throws IllegalArgumentException for what has no weights
     */
    Weights weights(String component, TorchKernels kernels, Precision precision, NDManager manager);

    /**
     * A new tokenizer, to be closed by the caller.
     *
     * @param component one that the family's text conditioning names
     * @throws AtelierException MODEL_INVALID when its files make no tokenizer
     */
    PromptTokenizer tokenizer(String component);

    /**
     * What makes the model this one: the same wherever its files lie, another for a fine-tune of the same shapes.
     *
     * @param precision in which it computes, for it decides which of the weights are taken
     * @return a SHA-256 of its configurations, its vocabularies and a sample of every tensor, 64 hexadecimal digits
     */
    String identity(Precision precision);

    /** What the model is, and the size it generates unless asked otherwise. */
    ModelDescription description();
}
