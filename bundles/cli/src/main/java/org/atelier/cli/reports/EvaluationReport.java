package org.atelier.cli.reports;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;

/** Prints the results of an evaluation, and the report's file last. */
public final class EvaluationReport {

    private final Evaluation evaluation;

    public EvaluationReport(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /**
     * Prints a row for each measurement, with the mean of each variant, its standard error and its ratio, then the
     * metrics' options. Variants in series have one column each, with the mean over their positions.
     */
    public void printTable(Terminal terminal) {
        boolean series = evaluation.variants().stream().anyMatch(variant -> variant.position() != null);
        List<String> columns = series
                ? evaluation.variants().stream().map(Variant::series).distinct().toList()
                : evaluation.variants().stream().map(Variant::name).toList();
        if (!evaluation.findings().isEmpty()) {
            ResultTable table = new ResultTable(row("", columns.stream()));
            for (Finding finding : evaluation.findings()) {
                Stream<String> cells = series
                        ? columns.stream().map(name -> mean(finding, name))
                        : finding.summaries().stream().map(EvaluationReport::cell);
                table.add(row(finding.title(), cells));
            }
            table.print(terminal);
        }
        if (series) {
            terminal.out()
                    .println("Means over the weights; the value of each weight is in " + absolute(evaluation.table())
                            + ".");
        }
        evaluation.metrics().stream()
                .filter(metric -> !metric.options().isEmpty())
                .map(EvaluationReport::options)
                .forEach(terminal.out()::println);
    }

    /** The mean over the positions of a series. */
    private String mean(Finding finding, String series) {
        OptionalDouble mean = evaluation.variants().stream()
                .filter(variant -> variant.series().equals(series))
                .map(variant -> finding.summaries().get(evaluation.variants().indexOf(variant)))
                .mapToDouble(Summary::mean)
                .filter(value -> !Double.isNaN(value))
                .average();
        return mean.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", mean.getAsDouble());
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
        json.addProperty("table", absolute(evaluation.table()));
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
        json.addProperty("mean", Double.isNaN(summary.mean()) ? null : summary.mean());
        json.addProperty("standard_deviation", summary.deviation());
        json.addProperty("standard_error", summary.standardError());
        json.addProperty("ratio", summary.ratio());
        return json;
    }

    /** {@code network: model = small-vit, side = 16}. */
    static String options(UsedMetric metric) {
        return metric.options().entrySet().stream()
                .map(option -> option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", ", metric.name() + ": ", ""));
    }

    /** {@code 6.500 ± 0.120 (0.65)}. */
    private static String cell(Summary summary) {
        if (Double.isNaN(summary.mean())) {
            return "";
        }
        String error =
                summary.standardError() == null ? "" : String.format(Locale.ROOT, " ± %.3f", summary.standardError());
        String ratio = summary.ratio() == null ? "" : String.format(Locale.ROOT, " (%.2f)", summary.ratio());
        return String.format(Locale.ROOT, "%.3f", summary.mean()) + error + ratio;
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
