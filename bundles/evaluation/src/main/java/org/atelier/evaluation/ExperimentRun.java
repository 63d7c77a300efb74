package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** One experiment, from the resolved request to the report. */
final class ExperimentRun {

    private final ExperimentDefinition definition;
    private final EvaluationRequest request;
    private final Studio studio;
    private final EvaluationMetrics metrics;
    private final ReportFolder folder;
    private final UniqueNotesListener listener;

    ExperimentRun(
            ExperimentDefinition definition,
            EvaluationRequest request,
            Studio studio,
            EvaluationMetrics metrics,
            ReportFolder folder,
            UniqueNotesListener listener) {
        this.definition = definition;
        this.request = request;
        this.studio = studio;
        this.metrics = metrics;
        this.folder = folder;
        this.listener = listener;
    }

    /** A set that is not measured yet. */
    private record Generated(Variant variant, int repetition, GeneratedSet set) {}

    Evaluation report(RequestFormat format, String version) {
        listener.resolved(request);
        metrics.forwardNotes(listener::noted);
        List<Generated> generated = generate();
        listener.measuringStarted();
        GeneratedSetMetrics measuring =
                new GeneratedSetMetrics(metrics, request.set().references().images(), listener);
        List<MeasuredVariant> sets = definition.completed(generated.stream()
                .map(set ->
                        new MeasuredVariant(set.variant(), set.repetition(), set.set(), measuring.measure(set.set())))
                .toList());
        List<Variant> variants = definition.variants(request.set());
        ExperimentResult result = new ExperimentResult(
                version,
                definition,
                request,
                folder.path(),
                metrics.used(),
                variants,
                sets,
                Findings.of(variants, sets),
                listener.notes());
        return new Evaluation(
                folder.path(),
                request,
                result.metrics(),
                result.variants(),
                result.findings(),
                folder.write(ReportFolder.REPORT, new ExperimentPage(result, format).html()),
                folder.write(ReportFolder.TABLE, new FindingsCsv(result).text()),
                folder.write(ReportFolder.RECORD, new ExperimentRecord(result, format).json()));
    }

    /**
     * Generates all variants of one seed before the next, so that a cancelled evaluation leaves complete comparisons.
     */
    private List<Generated> generate() {
        List<Generated> generated = new ArrayList<>();
        // Resolved items have their own seeds; only their prompts are kept for every repetition.
        SetRequest common =
                request.set().toBuilder().prompts(request.set().prompts()).build();
        List<ComparedRequest> compared = definition.requests(common);
        int total = request.seeds() * compared.size();
        for (int repetition = 0; repetition < request.seeds(); repetition++) {
            long seed = common.seed() + (long) repetition * common.items().size();
            for (ComparedRequest one : compared) {
                Variant variant = one.variant();
                listener.setStarted(variant.title(), generated.size() + 1, total);
                SetRequest ofVariant = one.of(common).toBuilder().seed(seed).build();
                GeneratedSet set = studio.generate(ofVariant, folder.set(seed, variant.name()), listener);
                generated.add(new Generated(variant, repetition, set));
            }
        }
        return generated;
    }
}
