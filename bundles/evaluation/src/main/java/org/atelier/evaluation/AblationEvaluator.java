package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Draws the variants of an ablation with the studio and measures them with the metrics that are here. */
@Component
public final class AblationEvaluator implements Evaluator {

    /** What is drawn unless the user says what: objects that the shipped model knows, plain and unlike. */
    static final List<String> OBJECTS =
            List.of("a house", "a fish", "a rocket", "a castle", "a tree", "a cat", "a boat", "a mushroom");

    private static final int MOST_SEEDS = 1000;

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
        SetRequest asked = request.set();
        SetRequest common = asked.but()
                .prompts(asked.items().isEmpty() ? OBJECTS : asked.prompts())
                .build();
        Set<String> faults = new LinkedHashSet<>();
        if (request.seeds() < 1 || request.seeds() > MOST_SEEDS) {
            faults.add("The seeds must be 1 to %d, not %d.".formatted(MOST_SEEDS, request.seeds()));
        }
        if (common.items().size() < 2) {
            faults.add("An ablation compares the pictures of a set: it needs at least 2 prompts.");
        }
        if (!common.references().isEmpty()) {
            faults.add("An ablation takes no reference pictures: full attention sharing has no place for them.");
        }
        SetRequest settled = null;
        for (Variant variant : Variant.values()) {
            try {
                settled = studio.resolve(variant.of(settled == null ? common : settled));
            } catch (AtelierException e) {
                if (e.code() != INVALID_REQUEST) {
                    throw e;
                }
                e.getMessage().lines().forEach(faults::add);
            }
        }
        if (!faults.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, String.join("\n", faults));
        }
        return new AblationRequest(settled, request.seeds());
    }

    @Override
    public Evaluation ablate(AblationRequest request, Path folder, EvaluationListener listener) {
        AblationRequest settled = resolve(request);
        ReportFolder output = ReportFolder.of(folder);
        try (MetricLease lease = MetricLease.of(metrics)) {
            return new Ablation(settled, studio, lease, output, new NotingListener(listener)).report(format, version);
        }
    }

    /** As Maven writes it: a snapshot says so. */
    private static String version(Version version) {
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
