package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;

/** Kernels that note what a strategy attends with. Every result is that of the other kernels. */
final class ObservedKernels implements Kernels {

    private final Kernels kernels;
    private Attended widest;

    /**
     * One call of {@link Kernels#attend}.
     *
     * @param query (image, head, token, channel)
     * @param parts at least one
     */
    record Attended(NDArray query, List<Part> parts) {}

    ObservedKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Returns the call with the most parts, of several the last; a strategy may compute plain attention besides. */
    Optional<Attended> widest() {
        return Optional.ofNullable(widest);
    }

    @Override
    public NDArray attend(NDArray query, List<Part> parts) {
        if (widest == null || parts.size() >= widest.parts.size()) {
            widest = new Attended(query, List.copyOf(parts));
        }
        return kernels.attend(query, parts);
    }

    @Override
    public NDArray probabilities(NDArray query, NDArray key) {
        return kernels.probabilities(query, key);
    }

    @Override
    public NDArray adain(NDArray features, NDArray reference) {
        return kernels.adain(features, reference);
    }
}
