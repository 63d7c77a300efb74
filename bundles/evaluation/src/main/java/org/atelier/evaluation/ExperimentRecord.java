package org.atelier.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.RequestFormat;

/** The record of an experiment, as JSON. */
final class ExperimentRecord {

    private static final int SCHEMA_VERSION = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final ExperimentResult result;
    private final RequestFormat format;

    ExperimentRecord(ExperimentResult result, RequestFormat format) {
        this.result = result;
        this.format = format;
    }

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", SCHEMA_VERSION);
        json.addProperty("version", result.version());
        json.addProperty("evaluation", result.definition().name());
        json.addProperty("seeds", result.request().seeds());
        json.add("notes", GSON.toJsonTree(result.notes()));
        JsonArray metrics = new JsonArray();
        result.metrics().forEach(metric -> metrics.add(metric(metric)));
        json.add("metrics", metrics);
        JsonArray findings = new JsonArray();
        result.findings().forEach(finding -> findings.add(finding(finding)));
        json.add("findings", findings);
        JsonArray variants = new JsonArray();
        result.variants().forEach(variant -> variants.add(variant(variant)));
        json.add("variants", variants);
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject metric(UsedMetric metric) {
        JsonObject json = new JsonObject();
        json.addProperty("name", metric.name());
        json.add("options", GSON.toJsonTree(metric.options()));
        json.addProperty("model", metric.model());
        return json;
    }

    private static JsonObject finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("metric", finding.metric());
        json.addProperty("measurement", finding.measurement());
        json.addProperty("title", finding.title());
        json.addProperty("direction", direction(finding.direction()));
        JsonArray summaries = new JsonArray();
        finding.summaries().forEach(summary -> summaries.add(summary(summary)));
        json.add("summaries", summaries);
        return json;
    }

    private static JsonObject summary(Summary summary) {
        JsonObject json = new JsonObject();
        json.addProperty("variant", summary.variant());
        json.addProperty("mean", finite(summary.mean()));
        json.addProperty("standard_deviation", summary.deviation());
        json.addProperty("standard_error", summary.standardError());
        json.addProperty("ratio", summary.ratio());
        return json;
    }

    private JsonObject variant(Variant variant) {
        JsonObject json = new JsonObject();
        json.addProperty("name", variant.name());
        json.addProperty("title", variant.title());
        json.addProperty("series", variant.series());
        json.addProperty("position", variant.position());
        json.addProperty("baseline", variant.baseline());
        JsonArray sets = new JsonArray();
        result.of(variant).forEach(set -> sets.add(set(set)));
        json.add("sets", sets);
        return json;
    }

    private JsonObject set(MeasuredVariant set) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", result.relativePath(set));
        json.add("request", request(set));
        JsonArray measurements = new JsonArray();
        set.measurements()
                .forEach((metric, found) ->
                        found.forEach(measurement -> measurements.add(measurement(metric, measurement))));
        json.add("measurements", measurements);
        return json;
    }

    private JsonElement request(MeasuredVariant set) {
        return JsonParser.parseString(format.write(set.set().request()));
    }

    private static JsonObject measurement(String metric, Measurement measurement) {
        JsonObject json = new JsonObject();
        json.addProperty("metric", metric);
        json.addProperty("measurement", measurement.name());
        json.addProperty("direction", direction(measurement.direction()));
        json.addProperty("value", measurement.value());
        JsonArray parts = new JsonArray();
        measurement.parts().forEach(part -> parts.add(part(part)));
        json.add("parts", parts);
        return json;
    }

    private static JsonObject part(Measurement.Part part) {
        JsonObject json = new JsonObject();
        json.add("images", GSON.toJsonTree(part.images()));
        json.addProperty("value", part.value());
        return json;
    }

    /** JSON has no NaN. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    static String direction(Measurement.Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
