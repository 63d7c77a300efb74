package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** The models of every kind on this machine: in the distribution, in configured folders and in the hub's cache. */
@ProviderType
public interface ModelFiles {

    /**
     * Returns the folder of a model, or its file if it is a single one. Reads none of its files and downloads nothing.
     *
     * @param name looked up in this order: the name of a folder, then of a file without extension, in the
     *     distribution's {@code models} and in configured folders; the path of a folder; a name in
     *     {@code config/models.json}; a repository on the hub, {@code org/name} or {@code org/name@revision}, or a file
     *     of one, {@code org/name:file.safetensors}
     * @return an absolute path
     * @throws AtelierException MODEL_NOT_FOUND with the command that fetches it
     */
    Path folder(String name);

    /**
     * Whether a name is that of a single file with weights and not of an installed model. A name that ends as such files
     * do is one even if there is no such file.
     */
    default boolean isFile(String name) {
        return false;
    }

    /** Every installed model of a kind that Atelier uses, sorted by name. */
    List<InstalledModel> installed();
}
