package org.atelier.models.naming;

import java.util.List;
import org.atelier.models.safetensors.TensorEntry;

/**
 * Maps the tensors of a file to those of a network. Networks use the names of diffusers, with the prefix {@code
 * text_model.} of transformers.
 */
@FunctionalInterface
public interface TensorNaming {

    /**
     * Maps a stored tensor.
     *
     * @return no tensor if it is not a weight; one if only name or shape differ; several if the network has it in
     *     parts, see {@link TensorEntry#split}
     */
    List<TensorEntry> tensorsOf(TensorEntry stored);
}
