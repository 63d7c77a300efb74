package org.atelier.evaluation;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;

/** The findings as comma-separated values (RFC 4180): a line for each variant of each finding. */
final class FindingsCsv {

    private static final String HEAD = "metric,measurement,title,direction,variant,series,position,sets,mean,"
            + "standard_deviation,standard_error,baseline,ratio";

    private final ExperimentResult result;

    FindingsCsv(ExperimentResult result) {
        this.result = result;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD).append("\r\n");
        for (Finding finding : result.findings()) {
            for (int i = 0; i < result.variants().size(); i++) {
                text.append(line(
                        finding, result.variants().get(i), finding.summaries().get(i)));
            }
        }
        return text.toString();
    }

    private String line(Finding finding, Variant variant, Summary summary) {
        return Arrays.asList(
                                finding.metric(),
                                finding.measurement(),
                                finding.title(),
                                ExperimentRecord.direction(finding.direction()),
                                variant.name(),
                                variant.series(),
                                variant.position(),
                                result.request().seeds(),
                                Double.isNaN(summary.mean()) ? null : summary.mean(),
                                summary.deviation(),
                                summary.standardError(),
                                variant.baseline(),
                                summary.ratio())
                        .stream()
                        .map(FindingsCsv::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
