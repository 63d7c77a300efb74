package org.atelier.models.library;

import org.atelier.api.AtelierException;
import org.atelier.models.source.ModelSource;
import org.osgi.annotation.versioning.ProviderType;

/** From what a request calls a model to the model. */
@ProviderType
public interface ModelLibrary {

    /**
     * Opens a model.
     *
     * @param nameOrFolder as {@link org.atelier.api.model.ModelFiles#folder} takes it
     * @throws AtelierException MODEL_NOT_FOUND naming the command that fetches it; MODEL_INVALID with every fault of the model, one a line
     */
    ModelSource find(String nameOrFolder);
}
