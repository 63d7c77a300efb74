package org.atelier.cli.reports;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import org.atelier.api.evaluation.SetMeasurements;
import org.atelier.api.evaluation.SetMeasurements.MetricMeasurement;
import org.atelier.api.metric.Measurement;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;

/** Prints what metrics measured of images. */
public final class MeasurementReport {

    private final SetMeasurements measurements;

    public MeasurementReport(SetMeasurements measurements) {
        this.measurements = measurements;
    }

    /** Prints a row for each measurement. */
    public void printTable(Terminal terminal) {
        ResultTable table = new ResultTable("METRIC", "MEASUREMENT", "VALUE", "DEVIATION", "OF", "BETTER");
        for (MetricMeasurement each : measurements.measurements()) {
            Measurement measurement = each.measurement();
            table.add(
                    each.metric(),
                    measurement.title(),
                    number(measurement.value()),
                    measurement.deviation() == null ? "-" : number(measurement.deviation()),
                    String.valueOf(measurement.count()),
                    better(measurement));
        }
        if (!measurements.measurements().isEmpty()) {
            table.print(terminal);
        }
    }

    /** Prints the options of each metric, with the model that it used. */
    public void printMetrics(PrintStream out) {
        measurements.metrics().stream()
                .filter(metric -> !metric.options().isEmpty())
                .map(EvaluationReport::options)
                .forEach(out::println);
    }

    /** Prints the measurements; an unknown deviation is null. */
    public void printJson(PrintStream out) {
        JsonArray all = new JsonArray();
        measurements.measurements().forEach(each -> all.add(json(each)));
        JsonObject json = new JsonObject();
        json.add("measurements", all);
        out.println(new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(json));
    }

    private static JsonObject json(MetricMeasurement measured) {
        Measurement measurement = measured.measurement();
        JsonArray parts = new JsonArray();
        measurement.parts().forEach(part -> parts.add(json(part)));
        JsonObject json = new JsonObject();
        json.addProperty("metric", measured.metric());
        json.addProperty("name", measurement.name());
        json.addProperty("value", measurement.value());
        json.addProperty("deviation", measurement.deviation());
        json.addProperty("count", measurement.count());
        json.addProperty("better", better(measurement));
        json.add("parts", parts);
        return json;
    }

    private static JsonObject json(Measurement.Part part) {
        JsonArray images = new JsonArray();
        part.images().forEach(images::add);
        JsonObject json = new JsonObject();
        json.add("images", images);
        json.addProperty("value", part.value());
        return json;
    }

    private static String better(Measurement measurement) {
        return switch (measurement.direction()) {
            case LOWER_IS_CLOSER -> "lower";
            case HIGHER_IS_CLOSER -> "higher";
            case NEUTRAL -> "neither";
        };
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
