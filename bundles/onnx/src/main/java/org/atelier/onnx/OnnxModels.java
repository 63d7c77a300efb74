package org.atelier.onnx;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** The models that plugins run as ONNX graphs, each loaded once and shared while it is leased. */
@ProviderType
public interface OnnxModels {

    /**
     * Takes a lease of a model; a graph is loaded on its first request.
     *
     * @param name as {@link org.atelier.api.model.ModelFiles#folder} takes it
     * @return to be closed by the caller; what is loaded stays for the configured time after the last lease
     * @throws AtelierException MODEL_NOT_FOUND naming the command that downloads it
     */
    OnnxModel lease(String name);
}
