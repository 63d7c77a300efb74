package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.metric.Measurement.Direction;

/** Records its calls and returns one measurement. */
final class FakeEvaluator implements Evaluator {

    EvaluationRequest request;
    Path folder;

    @Override
    public EvaluationRequest resolve(EvaluationRequest open) {
        return new EvaluationRequest(
                open.experiment(),
                open.set().toBuilder().seed(42L).steps(50).sampler("ddim").build(),
                open.seeds(),
                open.metrics());
    }

    @Override
    public Evaluation evaluate(EvaluationRequest open, Path into, EvaluationListener listener) {
        request = open;
        folder = into;
        EvaluationRequest resolved = resolve(open);
        listener.resolved(resolved);
        listener.setStarted("the full method", 1, 1);
        listener.noted("This model is a toy.");
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "Cancelled.");
        }
        listener.measuringStarted();
        Finding finding = new Finding(
                "palette",
                "pairs",
                "Palette, all pairs (ΔE)",
                Direction.LOWER_IS_CLOSER,
                List.of(new Summary("unaligned", 10, null, null, 1.0), new Summary("aligned", 6.5, 0.5, 0.25, 0.65)));
        return new Evaluation(
                into,
                resolved,
                List.of(
                        new UsedMetric("palette", Map.of(), null),
                        new UsedMetric("network", Map.of("model", "tiny"), "tiny")),
                List.of(
                        Variant.single("unaligned", "unaligned", "unaligned"),
                        Variant.single("aligned", "the full method", "unaligned")),
                List.of(finding),
                into.resolve("report.html"),
                into.resolve("findings.csv"),
                into.resolve("evaluation.json"));
    }
}
