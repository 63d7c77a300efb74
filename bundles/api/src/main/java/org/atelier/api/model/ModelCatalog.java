package org.atelier.api.model;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The models that are here. */
@ProviderType
public interface ModelCatalog {

    /** Every model that a request may name, by name; reads no weights. */
    List<ModelDescription> models();
}
