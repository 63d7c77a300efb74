package org.atelier.studio.resolve;

import java.util.Optional;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.pictures.SourceImage;
import org.atelier.studio.input.InputKind;
import org.atelier.studio.input.InputPath;
import org.atelier.tensor.Precision;

/**
 * A resolved request with all that the set is generated with.
 *
 * @param request every value resolved and checked
 * @param model opened, its weights not loaded
 * @param trajectories of references, from a style card; empty where there is none, or it follows its own image 0
 * @param controls what ControlNets see; none until they are prepared
 * @param resources plugins and input files; closed with the set
 */
public record OpenedSet(
        SetRequest request,
        ModelConfiguration model,
        Optional<ReferenceTrajectories> trajectories,
        PreparedControls controls,
        SetResources resources)
        implements AutoCloseable {

    /** A request whose controls, if it has any, are not prepared yet. */
    public OpenedSet(
            SetRequest request,
            ModelConfiguration model,
            Optional<ReferenceTrajectories> trajectories,
            SetResources resources) {
        this(request, model, trajectories, PreparedControls.NONE, resources);
    }

    /** The same set with the texts that its inputs were turned into. */
    OpenedSet withTexts(SetRequest complete) {
        return new OpenedSet(complete, model, trajectories, controls, resources);
    }

    OpenedSet withControls(PreparedControls prepared) {
        return new OpenedSet(request, model, trajectories, prepared, resources);
    }

    /** The format that the network computes in. */
    public Precision precision() {
        String dtype = request.execution().dtype();
        return Precision.named(dtype)
                .orElseThrow(() -> new IllegalArgumentException("An unresolved request: dtype " + dtype));
    }

    public SetStrategies strategies() {
        return resources.strategies(request);
    }

    public Sampler sampler() {
        return resources
                .samplers()
                .lease(request.sampling().sampler(), request.sampling().samplerOptions())
                .plugin();
    }

    /** What makes one of several references; empty where there are not several, or a style card holds the result. */
    public Optional<StyleBlend> blend() {
        boolean blends = request.card() == null && request.references().images().size() > 1;
        return blends
                ? Optional.of(resources
                        .blends()
                        .lease(
                                request.references().blend(),
                                request.references().blendOptions())
                        .plugin())
                : Optional.empty();
    }

    /** An image that the request names, from the bytes whose hash it has. */
    public SourceImage image(String file) {
        return new VerifiedImage(resources.inputs().read(InputPath.of(file), InputKind.IMAGE)).open();
    }

    /** A second time does nothing. */
    @Override
    public void close() {
        resources.close();
    }
}
