package org.atelier.cli.reports;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;

/** Prints the results of an evaluation, and the report's file last. */
public final class EvaluationReport {

    private final Evaluation evaluation;

    public EvaluationReport(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Prints a row for each measurement, with the mean of each variant and its ratio to the unaligned sets, then the metrics' options. */
    public void printTable(Terminal terminal) {
        List<Finding> findings = evaluation.findings();
        if (!findings.isEmpty()) {
            Stream<String> variants = findings.get(0).summaries().stream().map(Summary::variant);
            ResultTable table = new ResultTable(row("", variants));
            for (Finding finding : findings) {
                table.add(row(finding.title(), finding.summaries().stream().map(EvaluationReport::cell)));
            }
            table.print(terminal);
        }
        evaluation.metrics().stream()
                .filter(metric -> !metric.options().isEmpty())
                .map(EvaluationReport::options)
                .forEach(terminal.out()::println);
    }

    private static String[] row(String title, Stream<String> cells) {
        return Stream.concat(Stream.of(title), cells).toArray(String[]::new);
    }

    public void printFile(PrintStream out) {
        out.println(absolute(evaluation.report()));
    }

    public void printJson(PrintStream out) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", absolute(evaluation.folder()));
        json.addProperty("report", absolute(evaluation.report()));
        json.addProperty("record", absolute(evaluation.record()));
        json.addProperty("seed", evaluation.request().set().seed());
        json.addProperty("seeds", evaluation.request().seeds());
        JsonArray metrics = new JsonArray();
        evaluation.metrics().forEach(metric -> metrics.add(json(metric)));
        json.add("metrics", metrics);
        JsonArray findings = new JsonArray();
        evaluation.findings().forEach(finding -> findings.add(json(finding)));
        json.add("findings", findings);
        PrettyJson.print(json, out);
    }

    private static JsonObject json(UsedMetric metric) {
        JsonObject json = new JsonObject();
        json.addProperty("name", metric.name());
        json.add("options", new Gson().toJsonTree(metric.options()));
        json.addProperty("model", metric.model());
        return json;
    }

    private static JsonObject json(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("metric", finding.metric());
        json.addProperty("measurement", finding.measurement());
        json.addProperty("title", finding.title());
        json.addProperty(
                "direction", finding.direction().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        JsonObject variants = new JsonObject();
        finding.summaries().forEach(summary -> variants.add(summary.variant(), json(summary)));
        json.add("variants", variants);
        return json;
    }

    private static JsonObject json(Summary summary) {
        JsonObject json = new JsonObject();
        json.addProperty("mean", summary.mean());
        json.addProperty("standard_deviation", summary.deviation());
        json.addProperty("ratio", summary.ratio());
        return json;
    }

    /** {@code network: model = small-vit, side = 16}. */
    static String options(UsedMetric metric) {
        return metric.options().entrySet().stream()
                .map(option -> option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", ", metric.name() + ": ", ""));
    }

    private static String cell(Summary summary) {
        String mean = String.format(Locale.ROOT, "%.3f", summary.mean());
        return summary.ratio() == null ? mean : mean + String.format(Locale.ROOT, " (%.2f)", summary.ratio());
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
