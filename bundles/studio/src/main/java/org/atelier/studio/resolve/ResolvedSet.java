package org.atelier.studio.resolve;

import java.util.Optional;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.tensor.Precision;

/**
 * A request with nothing left open, and the model that it names.
 *
 * @param request every value settled and checked
 * @param model opened and its configuration parsed, its weights not loaded
 * @param trajectories of references, from a style card; empty where there is none, or it follows its own picture 0
 * @param controls what fixes the shapes; empty until they are prepared
 */
public record ResolvedSet(
        SetRequest request,
        ModelConfiguration model,
        Optional<ReferenceTrajectories> trajectories,
        PreparedControls controls) {

    /** A request whose controls, if it has any, are not prepared yet. */
    public ResolvedSet(SetRequest request, ModelConfiguration model, Optional<ReferenceTrajectories> trajectories) {
        this(request, model, trajectories, PreparedControls.NONE);
    }

    /** The same request with its controls. */
    ResolvedSet drawnWith(PreparedControls prepared) {
        return new ResolvedSet(request, model, trajectories, prepared);
    }

    /** The format that the network computes in. */
    public Precision precision() {
        return Precision.named(request.execution().dtype())
                .orElseThrow(() -> new IllegalArgumentException(
                        "An unsettled request: dtype " + request.execution().dtype()));
    }
}
