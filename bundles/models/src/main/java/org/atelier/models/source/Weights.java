package org.atelier.models.source;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A component's named tensors, read from its files when they are asked for, in the precision that was asked.
 *
 * <p>Convolution kernels (four sides) lie channels-last. A tensor may be a view of the file itself, mapped read-only: never write into one,
 * the process would end. It belongs to the manager that the weights were opened with, and every view of it is valid until that manager
 * closes.
 *
 * <p>Names are those of diffusers and of transformers' {@code text_model.} scheme, whichever scheme the file was written in: networks know
 * one. Not thread-safe.
 *
 * <p>Weights can be decorated: {@link #tensor} takes that of the weights within and gives it changed, in the same manager, and {@link #untaken}
 * passes theirs on. {@link #at} then sees the decorated ones.
 */
@ProviderType
public interface Weights {

    /**
     * One tensor; the same name gives a new array each time.
     *
     * @param name below this view's prefix
     * @param shape what the network expects, side by side
     * @throws AtelierException MODEL_INVALID naming file, tensor, found and expected shape when it is missing, of another shape, or stored as
     *     what no network computes with
     */
    NDArray tensor(String name, long... shape);

    /** The tensors whose names begin with the prefix and a dot, seen without it. */
    default Weights at(String prefix) {
        return new PrefixedWeights(this, prefix + ".");
    }

    /** The names, without this view's prefix, that were never asked for: what the network does not know. Sorted. */
    Set<String> untaken();

    /** The folder or file that the tensors are in, for errors about it. */
    Path path();

    /**
     * Ends the reading of a network.
     *
     * @throws AtelierException MODEL_INVALID that names the tensors which were never asked for, since a network that passes over some of its
     *     weights generates something else
     */
    default void requireAllTaken() {
        Set<String> untaken = untaken();
        if (!untaken.isEmpty()) {
            String some = untaken.stream().limit(5).collect(Collectors.joining(", "));
            throw ModelFaults.in(
                    path(),
                    untaken.size() + " tensors are of no network that is known here: " + some
                            + (untaken.size() > 5 ? ", …" : "") + ".");
        }
    }
}
