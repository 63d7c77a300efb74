package org.atelier.hub;

import java.util.List;
import org.atelier.api.AtelierException;

/** Selects the files of a model to download. */
@FunctionalInterface
interface FileSelection {

    /**
     * Selects files.
     *
     * @return the selected files in the hub's order; never a pickle, nor the same weights twice
     * @throws AtelierException INVALID_REQUEST if the requested variant or type does not exist; the message lists the available ones
     */
    List<RemoteFile> of(List<RemoteFile> files);
}
