package org.atelier.api.context;

import org.osgi.annotation.versioning.ProviderType;

/** What the kinds of context that are here say of themselves. */
@ProviderType
public interface ContextKinds {

    /**
     * Whether the inputs of a kind are names of files, by {@link org.atelier.api.Plugins#INPUT}.
     *
     * @param kind name of a context plugin
     * @return false too for a kind that is not here
     */
    boolean readsFile(String kind);
}
