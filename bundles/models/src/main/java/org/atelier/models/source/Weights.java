package org.atelier.models.source;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The named tensors of a component, read on demand in the requested precision.
 *
 * <p>Convolution kernels (rank 4) are channels-last. A tensor may be a read-only mapping of the file: writing to it
 * crashes the process. The manager of the weights owns it, and all views are valid until that manager closes.
 *
 * <p>Names are those of diffusers, with the prefix {@code text_model.} of transformers, whatever the naming of the
 * file. Not thread-safe.
 *
 * <p>A decorator changes the result of {@link #tensor} in the same manager and delegates {@link #unread}; {@link #at}
 * then returns decorated tensors.
 */
@ProviderType
public interface Weights {

    /**
     * Reads a tensor. Every call returns a new array.
     *
     * @param name relative to the prefix of this view
     * @param shape expected shape
     * @throws AtelierException MODEL_INVALID naming file, tensor and shapes if it is missing, has another shape or an
     *     unsupported data type
     */
    NDArray tensor(String name, long... shape);

    /** A view of the tensors whose names begin with the prefix and a dot, without that prefix. */
    default Weights at(String prefix) {
        return new PrefixedWeights(this, prefix + ".");
    }

    /** The names of the tensors that were never read, sorted, relative to the prefix of this view. */
    Set<String> unread();

    /** The folder or file of the tensors, for error messages. */
    Path path();

    /**
     * Checks that a network has read all tensors.
     *
     * @throws AtelierException MODEL_INVALID naming the unread tensors, since a network that ignores some of its
     *     weights gives wrong results
     */
    default void requireAllRead() {
        Set<String> unread = unread();
        if (!unread.isEmpty()) {
            String some = unread.stream().limit(5).collect(Collectors.joining(", "));
            throw ModelFaults.in(
                    path(),
                    unread.size() + " tensors belong to no supported network: " + some
                            + (unread.size() > 5 ? ", …" : "") + ".");
        }
    }
}
