package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Generates the variants of an ablation and measures them with metrics. */
@Component
public final class AblationEvaluator implements Evaluator {

    /** The default prompts: simple, dissimilar objects that the shipped model knows. */
    static final List<String> OBJECTS =
            List.of("a house", "a fish", "a rocket", "a castle", "a tree", "a cat", "a boat", "a mushroom");

    private static final int MAX_SEEDS = 1000;

    private final Studio studio;
    private final RequestFormat format;
    private final MetricProvider metrics;
    private final String version;

    @Activate
    public AblationEvaluator(
            @Reference Studio studio,
            @Reference RequestFormat format,
            @Reference MetricProvider metrics,
            BundleContext context) {
        this(studio, format, metrics, version(context.getBundle().getVersion()));
    }

    AblationEvaluator(Studio studio, RequestFormat format, MetricProvider metrics, String version) {
        this.studio = studio;
        this.format = format;
        this.metrics = metrics;
        this.version = version;
    }

    @Override
    public AblationRequest resolve(AblationRequest request) {
        Faults faults = new Faults();
        SetRequest set = resolveSet(request, faults);
        List<MetricSelection> chosen = EvaluationMetrics.resolve(metrics, request.metrics(), faults);
        faults.throwIfAny();
        return new AblationRequest(set, request.seeds(), chosen);
    }

    @Override
    public Evaluation ablate(AblationRequest request, Path folder, EvaluationListener listener) {
        Faults faults = new Faults();
        SetRequest set = resolveSet(request, faults);
        ReportFolder output = new ReportFolder(folder);
        output.check(faults);
        try (EvaluationMetrics started = EvaluationMetrics.start(metrics, request.metrics(), faults)) {
            faults.throwIfAny();
            List<MetricSelection> chosen = request.metrics().isEmpty() ? List.of() : started.selections();
            AblationRequest resolved = new AblationRequest(set, request.seeds(), chosen);
            return new Ablation(resolved, studio, started, output, new UniqueNotesListener(listener))
                    .report(format, version);
        }
    }

    /**
     * Resolves the common request with each variant and returns the last result; not to be used if there are faults.
     */
    private SetRequest resolveSet(AblationRequest request, Faults faults) {
        SetRequest given = request.set();
        SetRequest common = given.toBuilder()
                .prompts(given.items().isEmpty() ? OBJECTS : given.prompts())
                .build();
        faults.require(
                request.seeds() >= 1 && request.seeds() <= MAX_SEEDS,
                "The seeds must be 1 to %d, not %d.".formatted(MAX_SEEDS, request.seeds()));
        faults.require(
                common.items().size() >= 2, "An ablation compares the images of a set: it needs at least 2 prompts.");
        faults.require(
                common.references().isEmpty(),
                "An ablation does not support reference images, because full attention sharing cannot use them.");
        Set<String> sentences = new LinkedHashSet<>();
        SetRequest resolved = common;
        for (Variant variant : Variant.values()) {
            try {
                resolved = studio.resolve(variant.of(resolved));
            } catch (AtelierException e) {
                if (e.code() != INVALID_REQUEST) {
                    throw e;
                }
                e.getMessage().lines().forEach(sentences::add);
            }
        }
        sentences.forEach(faults::add);
        return resolved;
    }

    /** The version in Maven's format, with the qualifier of a snapshot. */
    private static String version(Version version) {
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
