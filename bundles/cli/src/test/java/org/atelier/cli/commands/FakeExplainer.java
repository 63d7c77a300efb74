package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.explain.Explainer;
import org.atelier.api.explain.Explanation;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.set.SetRequest;

/** Records its request, and reports one set. */
final class FakeExplainer implements Explainer {

    ExplanationRequest request;
    Path folder;

    @Override
    public Explanation explain(ExplanationRequest given, Path output, ExplanationListener listener) {
        request = given;
        folder = output;
        SetRequest resolved = CommandLineOnFakes.resolved();
        listener.resolved(resolved);
        listener.setStarted("the explained set", 1, 1);
        listener.noted("This model is a toy.");
        if (listener.cancelled()) {
            throw new AtelierException(AtelierException.Code.CANCELLED, "Cancelled.");
        }
        return new Explanation(
                output,
                resolved,
                output.resolve(PAGE),
                output.resolve("recording"),
                List.of(output.resolve("sets/method")));
    }
}
