package org.atelier.api.model;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The installed diffusion models. */
@ProviderType
public interface ModelCatalog {

    /** Every model that a request can name, sorted by name; reads no weights. */
    List<ModelDescription> models();
}
