package org.atelier.api.model;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what a model is, without reading its weights. */
@ProviderType
public interface ModelInspector {

    /**
     * Inspects a model, a single file or a LoRA.
     *
     * @param nameOrPath as for {@link ModelFiles#folder}, or the path of a file
     * @throws AtelierException MODEL_NOT_FOUND; MODEL_INVALID with one sentence that says what another file is
     */
    InspectedModel inspect(String nameOrPath);
}
