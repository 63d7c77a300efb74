package org.atelier.cli;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullRequest;

/**
 * The services that know of models.
 *
 * @param catalog what those that draw can do
 * @param files those of every kind that are here
 * @param hub where others can be had
 */
record Models(ModelCatalog catalog, ModelFiles files, ModelHub hub) {

    /** Fetches a model that is not here; one that is here is taken as it is, and nobody is asked. */
    void ensure(String name, Terminal terminal, Cancellation cancellation) {
        try {
            files.folder(name);
        } catch (AtelierException e) {
            if (e.code() != Code.MODEL_NOT_FOUND) {
                throw e;
            }
            try (PullNarrator narrator = new PullNarrator("Fetching", terminal, cancellation)) {
                hub.pull(PullRequest.of(name), narrator);
            }
        }
    }
}
