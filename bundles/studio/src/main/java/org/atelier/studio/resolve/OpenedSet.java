package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.pictures.SourceImage;
import org.atelier.studio.input.InputFile;
import org.atelier.studio.input.InputKind;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;
import org.atelier.studio.region.RegionMasks;
import org.atelier.tensor.Precision;

/**
 * A resolved request with the model, plugins and input files of the set.
 *
 * @param request the resolved and checked request
 * @param model the opened model; the weights are not loaded
 * @param trajectories the trajectories of the references, from a style card or inverted before; else empty, as with a card whose
 *     reference is image 0
 * @param controls the preprocessed controls; none until they are prepared
 * @param unusedValues sentences that name values of the request without effect
 * @param resources plugins and input files; closed with the set
 */
public record OpenedSet(
        SetRequest request,
        ModelConfiguration model,
        Optional<ReferenceTrajectories> trajectories,
        PreparedControls controls,
        List<String> unusedValues,
        SetResources resources)
        implements AutoCloseable {

    /** Makes a defensive copy. */
    public OpenedSet {
        unusedValues = List.copyOf(unusedValues);
    }

    /** Creates a set whose controls are not prepared yet. */
    public OpenedSet(
            SetRequest request,
            ModelConfiguration model,
            Optional<ReferenceTrajectories> trajectories,
            SetResources resources) {
        this(request, model, trajectories, PreparedControls.NONE, List.of(), resources);
    }

    /** Returns the same set with the texts of its inputs. */
    OpenedSet withTexts(SetRequest complete) {
        return new OpenedSet(complete, model, trajectories, controls, unusedValues, resources);
    }

    OpenedSet withUnusedValues(List<String> sentences) {
        return new OpenedSet(request, model, trajectories, controls, sentences, resources);
    }

    /** Returns the same set with another chunk. */
    OpenedSet withChunk(int chunk) {
        SetRequest chunked = request.toBuilder().chunk(chunk).build();
        return new OpenedSet(chunked, model, trajectories, controls, unusedValues, resources);
    }

    /** Returns the same set with references that were inverted before. */
    public OpenedSet withTrajectories(ReferenceTrajectories inverted) {
        return new OpenedSet(request, model, Optional.of(inverted), controls, unusedValues, resources);
    }

    OpenedSet withControls(PreparedControls prepared) {
        return new OpenedSet(request, model, trajectories, prepared, unusedValues, resources);
    }

    /** Returns the fingerprint of the model's files. */
    public String fingerprint() {
        return resources.fingerprint(model.source());
    }

    /** Returns the precision of the network. */
    public Precision precision() {
        String dtype = request.execution().dtype();
        return Precision.named(dtype)
                .orElseThrow(() -> new IllegalArgumentException("The request is not resolved: dtype " + dtype));
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

    /** Returns the blend of several references; empty for fewer than two, or if a style card holds the result. */
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

    /** Returns an image of the request, decoded from the bytes that were hashed. */
    public SourceImage image(String file) {
        return new VerifiedImage(resources.inputs().read(InputPath.of(file), InputKind.IMAGE)).open();
    }

    /** Returns the SHA-256 of every input file that the images are generated from, by absolute path. */
    public Map<Path, String> inputs() {
        return resources.inputs().generating();
    }

    /**
     * Returns the stored inversions of the references.
     *
     * @param file that holds them
     */
    public InputFile inversions(Path file) {
        return resources.inputs().read(file, InputKind.INVERSIONS);
    }

    /** Returns the masks of the regions. */
    public RegionMasks regionMasks() {
        return new RegionMasks(model.factor(), this::image);
    }

    /** Idempotent. */
    @Override
    public void close() {
        resources.close();
    }
}
