package org.atelier.hub;

import java.util.List;
import org.atelier.api.AtelierException;

/** Which files of a model are needed. */
@FunctionalInterface
interface FileSelection {

    /**
     * Chooses.
     *
     * @return in the hub's order; never a pickle, nor the same weights twice
     * @throws AtelierException INVALID_REQUEST when what was asked for is not there, naming what is
     */
    List<RemoteFile> of(List<RemoteFile> files);
}
