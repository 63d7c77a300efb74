package org.atelier.api.model;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Checks whether installed models can be used, by the same rules as the generation of a set. */
@ProviderType
public interface ModelCheck {

    /**
     * Checks that every file exists, every configuration is supported, and every network fits the headers of its files.
     * Reads no weights and computes no hashes.
     *
     * @return a message for each fault; empty if the model can be used
     */
    List<String> faults(InstalledModel model);
}
