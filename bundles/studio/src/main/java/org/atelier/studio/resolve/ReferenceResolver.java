package org.atelier.studio.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Resolves and checks the references of a request. */
final class ReferenceResolver {

    /** References that are kept apart are named by one letter. */
    private static final int MAX_REFERENCES = 26;

    private static final int DEFAULT_OFFSET = 5;
    private static final double DEFAULT_GUIDANCE = 2;
    private static final double CLOSE_TO_ONE = 1e-9;

    private ReferenceResolver() {}

    /**
     * Resolves the references, the inversion and the range of steps in which style is shared.
     *
     * @param contexts checks whether a reference can be captioned
     * @param resources reads the images
     */
    static void resolve(
            SetRequest request,
            SetRequestBuilder resolved,
            int trainSteps,
            ContextResolver contexts,
            SetResources resources,
            Faults faults) {
        checkWindow(request, faults);
        if (request.references().isEmpty() || request.card() != null) {
            return; // The references of a card were resolved when it was made, and their files are not needed.
        }
        faults.require(
                request.references().images().size() <= MAX_REFERENCES,
                "A set has at most %d references, not %d."
                        .formatted(MAX_REFERENCES, request.references().images().size()));
        resolveInversion(request, resolved, trainSteps, faults);
        resolved.references(references(request, contexts, resources, faults));
    }

    private static void checkWindow(SetRequest request, Faults faults) {
        double from = request.sharing().from();
        double to = request.sharing().to();
        faults.require(
                0 <= from && from < to && to <= 1,
                "The style range must go from a fraction of the steps to a larger one, both from 0 to 1, not from %s to %s."
                        .formatted(from, to));
    }

    private static void resolveInversion(
            SetRequest request, SetRequestBuilder resolved, int trainSteps, Faults faults) {
        InversionMethod method = request.inversion().method();
        if (method == InversionMethod.NOISE) {
            resolved.inversionSteps(request.sampling().steps()).inversionOffset(0);
            return;
        }
        int steps = request.inversion().steps() == null
                ? request.sampling().steps()
                : request.inversion().steps();
        boolean redraws = !request.references().contents().isEmpty();
        int defaultOffset = redraws ? 0 : Math.min(DEFAULT_OFFSET, steps / 10);
        int offset = request.inversion().offset() == null
                ? defaultOffset
                : request.inversion().offset();
        double defaultGuidance = redraws ? 1 : DEFAULT_GUIDANCE;
        double cfgScale = request.inversion().cfgScale() == null
                ? defaultGuidance
                : request.inversion().cfgScale();
        faults.require(
                request.inversion().steps() == null || (steps >= 1 && steps < trainSteps),
                "The inversion-steps must be from 1 to %d, not %d.".formatted(trainSteps - 1, steps));
        faults.require(
                request.inversion().offset() == null || (offset >= 0 && offset < steps),
                "The inversion-offset must be from 0 to %d, less than the inversion steps, not %d."
                        .formatted(steps - 1, offset));
        faults.require(
                RequestResolver.isGuidance(cfgScale),
                "The inversion-cfg must be from 0 to %.0f, not %s."
                        .formatted(RequestResolver.LARGEST_GUIDANCE, cfgScale));
        resolved.inversionSteps(steps).inversionCfg(cfgScale).inversionOffset(offset);
    }

    private static List<ReferenceFile> references(
            SetRequest request, ContextResolver contexts, SetResources resources, Faults faults) {
        List<ReferenceFile> requested = request.references().images();
        double sum = requested.stream().mapToDouble(ReferenceFile::weight).sum();
        double total = Math.abs(sum - 1) < CLOSE_TO_ONE ? 1 : sum;
        List<ReferenceFile> resolved = new ArrayList<>();
        for (int i = 0; i < requested.size(); i++) {
            ReferenceFile reference = requested.get(i);
            faults.require(
                    reference.weight() > 0 && Double.isFinite(sum),
                    "The weight of reference %d (%s) must be above 0, not %s; omit references that should not count."
                            .formatted(i + 1, name(reference), reference.weight()));
            Path file = InputPath.of(reference.file());
            String sha256 = VerifiedImage.sha256(file, reference.sha256(), "--reference", resources.inputs(), faults);
            ReferenceFile complete = new ReferenceFile(
                    file.toString(), reference.prompt(), reference.weight() / total, sha256, reference.resolved());
            if (sha256 != null && request.needsCaption(reference)) {
                checkCaption(complete, i, contexts, resources, faults);
            }
            resolved.add(complete);
        }
        return resolved;
    }

    /** Checks that a reference without a prompt can be captioned. */
    private static void checkCaption(
            ReferenceFile reference, int index, ContextResolver contexts, SetResources resources, Faults faults) {
        contexts.problem(reference, resources)
                .ifPresent(why -> faults.add(
                        "Reference %d (%s) needs a prompt that describes it; give --reference-prompt for each, in order. It cannot be captioned: %s"
                                .formatted(index + 1, name(reference), why)));
    }

    private static String name(ReferenceFile reference) {
        return String.valueOf(InputPath.of(reference.file()).getFileName());
    }
}
