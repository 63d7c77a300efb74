package org.atelier.cli.services;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelCheck;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.ModelInspector;
import org.atelier.api.model.PullRequest;
import org.atelier.api.set.RequiredModels;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.PullProgressReporter;
import org.atelier.cli.terminal.Terminal;

/**
 * The services for models.
 *
 * @param catalog describes models that generate images
 * @param files finds installed models of every kind
 * @param check finds the faults of an installed model
 * @param inspector tells what a model is
 * @param hub downloads models
 * @param required determines the models that a request needs
 */
public record Models(
        ModelCatalog catalog,
        ModelFiles files,
        ModelCheck check,
        ModelInspector inspector,
        ModelHub hub,
        RequiredModels required) {

    /** Downloads missing models of a set. The base model is first, as the choice of ControlNets depends on it. */
    public void ensureFor(SetRequest request, Terminal terminal, Cancellation cancellation) {
        if (!files.isFile(request.model())) {
            ensure(request.model(), terminal, cancellation);
        }
        ensure(required.ofSet(request), terminal, cancellation);
    }

    /** Downloads missing models. */
    public void ensure(List<String> names, Terminal terminal, Cancellation cancellation) {
        names.forEach(name -> ensure(name, terminal, cancellation));
    }

    /** Downloads a model if it is missing; an installed model is used without a connection to the hub. */
    private void ensure(String name, Terminal terminal, Cancellation cancellation) {
        try {
            files.folder(name);
        } catch (AtelierException e) {
            if (e.code() != Code.MODEL_NOT_FOUND) {
                throw e;
            }
            try (PullProgressReporter reporter = new PullProgressReporter("Downloading", terminal, cancellation)) {
                hub.pull(PullRequest.of(name), reporter);
            }
        }
    }
}
