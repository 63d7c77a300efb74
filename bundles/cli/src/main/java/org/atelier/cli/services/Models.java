package org.atelier.cli.services;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullRequest;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.PullProgressReporter;
import org.atelier.cli.terminal.Terminal;

/**
 * The services that know of models.
 *
 * @param catalog what those that generate can do
 * @param files those of every kind that are here
 * @param hub where others can be had
 * @param required which of them a request needs
 */
public record Models(ModelCatalog catalog, ModelFiles files, ModelHub hub, RequiredModels required) {

    /** Fetches what is missing for a set. The model that generates comes first, as it decides which ControlNets fit. */
    public void ensureFor(SetRequest request, Terminal terminal, Cancellation cancellation) {
        ensure(request.model(), terminal, cancellation);
        ensure(required.ofSet(request), terminal, cancellation);
    }

    /** Fetches what is missing of several. */
    public void ensure(List<String> names, Terminal terminal, Cancellation cancellation) {
        names.forEach(name -> ensure(name, terminal, cancellation));
    }

    /** Fetches a model that is not here; one that is here is taken as it is, and nobody is asked. */
    private void ensure(String name, Terminal terminal, Cancellation cancellation) {
        try {
            files.folder(name);
        } catch (AtelierException e) {
            if (e.code() != Code.MODEL_NOT_FOUND) {
                throw e;
            }
            try (PullProgressReporter narrator = new PullProgressReporter("Fetching", terminal, cancellation)) {
                hub.pull(PullRequest.of(name), narrator);
            }
        }
    }
}
