package org.atelier.evaluation;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.Locale;
import java.util.stream.Collectors;
import org.atelier.api.evaluation.Evaluation.Summary;

/** One finding of variants in series, in HTML: a row for each position, a column for each series. */
final class SeriesTable {

    private final FindingSeries finding;

    SeriesTable(FindingSeries finding) {
        this.finding = finding;
    }

    String html() {
        String heads = finding.series().stream()
                .map(series -> "<th scope=\"col\">" + escaped(series) + "</th>")
                .collect(Collectors.joining());
        String rows = finding.positions().stream().map(this::row).collect(Collectors.joining());
        return """
                <div class="wide"><table class="values">
                <thead><tr><th scope="col">weight</th>%s</tr></thead>
                <tbody>
                %s%s</tbody>
                </table></div>
                """.formatted(heads, rows, means());
    }

    private String row(double position) {
        return "<tr><th scope=\"row\">%s</th>%s</tr>\n"
                .formatted(
                        position,
                        finding.series().stream()
                                .map(series -> finding.at(series, position)
                                        .map(SeriesTable::cell)
                                        .orElse("<td></td>"))
                                .collect(Collectors.joining()));
    }

    private static String cell(Summary summary) {
        String ratio = summary.ratio() == null
                ? ""
                : String.format(Locale.ROOT, " <span class=\"ratio\">× %.2f</span>", summary.ratio());
        return Double.isNaN(summary.mean()) ? "<td>–</td>" : "<td>" + SummaryText.mean(summary) + ratio + "</td>";
    }

    private String means() {
        return "<tr><th scope=\"row\">mean</th>%s</tr>\n"
                .formatted(finding.series().stream()
                        .map(finding::mean)
                        .map(mean -> Double.isNaN(mean) ? "<td>–</td>" : "<td><b>" + number(mean) + "</b></td>")
                        .collect(Collectors.joining()));
    }
}
