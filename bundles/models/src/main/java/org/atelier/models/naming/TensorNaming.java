package org.atelier.models.naming;

import java.util.List;
import org.atelier.models.safetensors.TensorEntry;

/**
 * From the tensors of a file to those of a network, which knows one scheme of names: diffusers', with the {@code text_model.} of
 * transformers. Every way of reading other names is an implementation of this.
 */
@FunctionalInterface
public interface TensorNaming {

    /**
     * What a stored tensor is to the network.
     *
     * @return no tensor for what is not a weight; one for a tensor that only has another name or shape; several for one that the network
     *     has in parts, as {@link TensorEntry#split} cuts it
     */
    List<TensorEntry> tensorsOf(TensorEntry stored);
}
