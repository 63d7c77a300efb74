package org.atelier.evaluation;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.metric.Measurement.Direction;

/** The findings of a few variants in HTML: a row for each finding, a column for each variant. */
final class VariantsTable {

    private final List<Variant> variants;

    VariantsTable(List<Variant> variants) {
        this.variants = variants;
    }

    String html(List<Finding> findings) {
        String heads = variants.stream()
                .map(variant -> "<th scope=\"col\">" + escaped(variant.title()) + "</th>")
                .collect(Collectors.joining());
        String rows = findings.stream().map(this::row).collect(Collectors.joining());
        return "<div class=\"wide\"><table class=\"findings\">\n<thead><tr><td></td>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table></div>\n"
                .formatted(heads, rows);
    }

    private String row(Finding finding) {
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < variants.size(); i++) {
            cells.append(cell(variants.get(i), finding, finding.summaries().get(i)));
        }
        return "<tr><th scope=\"row\">%s<small>%s</small></th>%s</tr>\n"
                .formatted(escaped(finding.title()), better(finding.direction()), cells);
    }

    static String better(Direction direction) {
        return switch (direction) {
            case LOWER_IS_CLOSER -> "lower is closer";
            case HIGHER_IS_CLOSER -> "higher is closer";
            case NEUTRAL -> "";
        };
    }

    private static String cell(Variant variant, Finding finding, Summary summary) {
        if (Double.isNaN(summary.mean())) {
            return "<td data-variant=\"%s\">–</td>".formatted(escaped(variant.title()));
        }
        String spread =
                summary.standardError() == null ? "" : " <small>± " + number(summary.standardError()) + "</small>";
        return "<td data-variant=\"%s\"%s><b>%s</b>%s%s</td>"
                .formatted(
                        escaped(variant.title()),
                        isClosest(finding, summary) ? " class=\"best\"" : "",
                        number(summary.mean()),
                        spread,
                        summary.ratio() == null ? "" : bar(summary.ratio()));
    }

    private static boolean isClosest(Finding finding, Summary summary) {
        return finding.summaries().stream()
                .filter(other -> !Double.isNaN(other.mean()))
                .allMatch(other -> switch (finding.direction()) {
                    case LOWER_IS_CLOSER -> summary.mean() <= other.mean();
                    case HIGHER_IS_CLOSER -> summary.mean() >= other.mean();
                    case NEUTRAL -> false;
                });
    }

    /** The ratio to the baseline, as a bar; a ratio of 1 fills two thirds. */
    private static String bar(double ratio) {
        double share = Math.max(0, Math.min(100, ratio * 200 / 3));
        return String.format(
                Locale.ROOT,
                "<span class=\"bar\"><i style=\"width:%.1f%%\"></i></span><span class=\"ratio\">× %.2f</span>",
                share,
                ratio);
    }
}
