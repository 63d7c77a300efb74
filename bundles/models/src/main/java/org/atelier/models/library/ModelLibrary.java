package org.atelier.models.library;

import org.atelier.api.AtelierException;
import org.atelier.models.source.ModelSource;
import org.osgi.annotation.versioning.ProviderType;

/** Opens models by the name in a request. */
@ProviderType
public interface ModelLibrary {

    /**
     * Opens a model.
     *
     * @param nameOrFolder as {@link org.atelier.api.model.ModelFiles#folder} takes it
     * @throws AtelierException MODEL_NOT_FOUND naming the command that fetches it; MODEL_INVALID with every fault of
     *     the model, one per line
     */
    ModelSource find(String nameOrFolder);
}
