package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Generates the variants of an experiment and measures them with metrics. */
@Component
public final class ExperimentEvaluator implements Evaluator {

    /** The default prompts: simple, dissimilar objects that the shipped model knows. */
    static final List<String> OBJECTS =
            List.of("a house", "a fish", "a rocket", "a castle", "a tree", "a cat", "a boat", "a mushroom");

    private static final int MAX_SEEDS = 1000;

    private final Studio studio;
    private final RequestFormat format;
    private final MetricProvider metrics;
    private final PluginCatalog plugins;
    private final String version;

    @Activate
    public ExperimentEvaluator(
            @Reference Studio studio,
            @Reference RequestFormat format,
            @Reference MetricProvider metrics,
            @Reference PluginCatalog plugins,
            BundleContext context) {
        this(studio, format, metrics, plugins, version(context.getBundle().getVersion()));
    }

    ExperimentEvaluator(
            Studio studio, RequestFormat format, MetricProvider metrics, PluginCatalog plugins, String version) {
        this.studio = studio;
        this.format = format;
        this.metrics = metrics;
        this.plugins = plugins;
        this.version = version;
    }

    @Override
    public EvaluationRequest resolve(EvaluationRequest request) {
        Faults faults = new Faults();
        SetRequest set = resolveSet(request, faults);
        List<MetricSelection> chosen = EvaluationMetrics.resolve(metrics, request.metrics(), faults);
        faults.throwIfAny();
        return new EvaluationRequest(request.experiment(), set, request.seeds(), chosen);
    }

    @Override
    public Evaluation evaluate(EvaluationRequest request, Path folder, EvaluationListener listener) {
        Faults faults = new Faults();
        SetRequest set = resolveSet(request, faults);
        ReportFolder output = new ReportFolder(folder);
        output.check(faults);
        try (EvaluationMetrics started = EvaluationMetrics.start(metrics, request.metrics(), faults)) {
            faults.throwIfAny();
            List<MetricSelection> chosen = request.metrics().isEmpty() ? List.of() : started.selections();
            EvaluationRequest resolved = new EvaluationRequest(request.experiment(), set, request.seeds(), chosen);
            ExperimentDefinition definition = definition(request.experiment());
            return new ExperimentRun(definition, resolved, studio, started, output, new UniqueNotesListener(listener))
                    .report(format, version);
        }
    }

    private ExperimentDefinition definition(Experiment experiment) {
        return switch (experiment) {
            case ABLATION -> new AblationDefinition();
            case TABLE -> new TableDefinition();
            case BLENDS -> new BlendsDefinition(installedBlends());
        };
    }

    private List<String> installedBlends() {
        return plugins.plugins().stream()
                .filter(plugin ->
                        plugin.kind().equals("blend") && plugin.state().equals("ready"))
                .map(PluginDescription::name)
                .distinct()
                .toList();
    }

    private SetRequest resolveSet(EvaluationRequest request, Faults faults) {
        SetRequest given = request.set();
        SetRequest common = given.toBuilder()
                .prompts(given.items().isEmpty() ? OBJECTS : given.prompts())
                .build();
        faults.require(
                request.seeds() >= 1 && request.seeds() <= MAX_SEEDS,
                "The seeds must be 1 to %d, not %d.".formatted(MAX_SEEDS, request.seeds()));
        ExperimentDefinition definition = definition(request.experiment());
        definition.check(common, faults);
        return resolveVariants(common, definition.requests(common), faults);
    }

    /**
     * Resolves the common request with one variant of each series and returns the last result; not to be used if there
     * are faults.
     */
    private SetRequest resolveVariants(SetRequest common, List<ComparedRequest> compared, Faults faults) {
        Set<String> series = new HashSet<>();
        Set<String> sentences = new LinkedHashSet<>();
        SetRequest resolved = common;
        for (ComparedRequest one : compared) {
            if (series.add(one.variant().series())) {
                try {
                    SetRequest sameNoise =
                            common.toBuilder().seed(resolved.seed()).build();
                    resolved = studio.resolve(one.of(sameNoise));
                } catch (AtelierException e) {
                    if (e.code() != INVALID_REQUEST) {
                        throw e;
                    }
                    e.getMessage().lines().forEach(sentences::add);
                }
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
