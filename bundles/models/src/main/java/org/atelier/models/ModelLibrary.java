package org.atelier.models;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** From what a request calls a model to the model. */
@ProviderType
public interface ModelLibrary {

    /**
     * Opens a model.
     *
     * @param nameOrFolder the name of an installed model, or else a folder in diffusers' layout
     * @throws AtelierException MODEL_NOT_FOUND listing the names that are known; MODEL_INVALID as {@link ModelFolder#open} says
     */
    ModelFolder find(String nameOrFolder);
}
