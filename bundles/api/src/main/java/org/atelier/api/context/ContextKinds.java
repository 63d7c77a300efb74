package org.atelier.api.context;

import org.osgi.annotation.versioning.ProviderType;

/** Describes the installed kinds of context. */
@ProviderType
public interface ContextKinds {

    /**
     * Whether the inputs of a kind are file names, by {@link org.atelier.api.Plugins#INPUT}.
     *
     * @param kind name of a context plugin
     * @return false for a kind that is not installed
     */
    boolean readsFile(String kind);
}
