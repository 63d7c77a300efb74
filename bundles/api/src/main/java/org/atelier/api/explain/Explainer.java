package org.atelier.api.explain;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates a set, records what its attention does, and writes a page that explains it. */
@ProviderType
public interface Explainer {

    /** The file name of the page. */
    String PAGE = "explanation.html";

    /**
     * Explains a set. It is generated as requested, while its predictions and its attention are recorded; then without
     * parts of the method, from the same noise. With reference images, the first is also reconstructed from its
     * inversion; with two, they are also blended with several weights. Each set has its own folder in {@code sets}, the
     * recordings are in {@code recording}, and {@code explanation.html} is one self-contained file, written atomically.
     *
     * @param folder created if missing; must be empty
     * @param listener called on this thread; may cancel
     * @throws AtelierException that lists every fault, one a line, before anything is generated; {@code CANCELLED} if the
     *     listener cancels, in which case finished sets are kept
     */
    Explanation explain(ExplanationRequest request, Path folder, ExplanationListener listener);
}
