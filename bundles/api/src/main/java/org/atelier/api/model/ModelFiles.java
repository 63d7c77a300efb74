package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** The models of every kind that are on this machine: those of the distribution, of configured folders and of the hub's cache. */
@ProviderType
public interface ModelFiles {

    /**
     * The folder of a model; its files are not looked into, and nothing is ever downloaded.
     *
     * @param name in this order: the name of a folder in the distribution's {@code models}; a folder by its path; a name of the table in
     *     {@code config/models.json}; a repository of the hub, {@code org/name} or {@code org/name@revision}
     * @return absolute
     * @throws AtelierException MODEL_NOT_FOUND naming the command that fetches it
     */
    Path folder(String name);

    /** Every model that is here and of a kind that Atelier uses, by name. */
    List<InstalledModel> installed();
}
