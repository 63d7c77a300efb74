package org.atelier.evaluation;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.List;
import java.util.Locale;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.html.Svg;

/** One finding of variants in series as SVG: a line for each series over the positions, with standard errors. */
final class SeriesPlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 280;
    private static final int LEFT = 60;
    private static final int RIGHT = 450;
    private static final int TOP = 12;
    private static final int BOTTOM = 245;

    /** Styles of lines in the report's style sheet. */
    private static final int STYLES = 6;

    private final FindingSeries series;
    private final Finding finding;
    private final Axis across;
    private final Axis up;

    SeriesPlot(FindingSeries series, Finding finding) {
        this.series = series;
        this.finding = finding;
        List<Double> positions = series.positions();
        double first = positions.get(0);
        double last = positions.get(positions.size() - 1);
        this.across = new Axis(first, last > first ? last : first + 1, LEFT, RIGHT);
        this.up = Axis.of(finding.summaries(), BOTTOM, TOP);
    }

    String svg() {
        StringBuilder svg = new StringBuilder(
                        "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                                .formatted(WIDTH, HEIGHT, escaped(finding.title())))
                .append(Svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM))
                .append(Svg.line("axis", LEFT, TOP, LEFT, BOTTOM))
                .append(Svg.text("end", LEFT - 6.0, BOTTOM, number(up.low())))
                .append(Svg.text("end", LEFT - 6.0, TOP + 8.0, number(up.high())));
        series.positions()
                .forEach(position ->
                        svg.append(Svg.text("middle", across.pixel(position), BOTTOM + 18.0, position.toString())));
        for (int i = 0; i < series.series().size(); i++) {
            svg.append(line(series.series().get(i), "s" + i % STYLES, i));
        }
        return svg.append("</svg>\n").toString();
    }

    private String line(String name, String style, int number) {
        StringBuilder marks = new StringBuilder();
        StringBuilder points = new StringBuilder();
        for (double position : series.positions()) {
            series.at(name, position)
                    .filter(summary -> !Double.isNaN(summary.mean()))
                    .ifPresent(summary -> {
                        double x = across.pixel(position);
                        double y = up.pixel(summary.mean());
                        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                        marks.append(mark(name, style, summary, x, y));
                    });
        }
        double y = TOP + 14.0 + number * 20;
        return "<polyline class=\"%s\" points=\"%s\"/>\n"
                        .formatted(style, points.toString().strip())
                + marks
                + Svg.line(style, RIGHT + 16.0, y - 4, RIGHT + 36.0, y - 4)
                + Svg.text("start", RIGHT + 42.0, y, name);
    }

    private String mark(String name, String style, Summary summary, double x, double y) {
        String error = summary.standardError() == null
                ? ""
                : Svg.line(
                        style,
                        x,
                        up.pixel(summary.mean() - summary.standardError()),
                        x,
                        up.pixel(summary.mean() + summary.standardError()));
        return error
                + String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s: %s</title></circle>\n",
                        style,
                        x,
                        y,
                        escaped(name),
                        SummaryText.mean(summary));
    }
}
