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

    private static final int WIDTH = 400;
    private static final int HEIGHT = 280;
    private static final int LEFT = 48;
    private static final int RIGHT = 390;
    private static final int TOP = 12;
    private static final int BOTTOM = 230;

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
                .append(level(up.low()))
                .append(level((up.low() + up.high()) / 2))
                .append(level(up.high()))
                .append(Svg.text("middle", (LEFT + RIGHT) / 2.0, BOTTOM + 40.0, "weight of reference 1"));
        series.positions()
                .forEach(position ->
                        svg.append(Svg.text("middle", across.pixel(position), BOTTOM + 18.0, position.toString())));
        List<String> names = series.series();
        for (int i = 0; i < names.size(); i++) {
            svg.append(line(names.get(i), style(i)));
        }
        return svg.append("</svg>\n").append(legend(names)).toString();
    }

    private static String style(int number) {
        return "s" + number % STYLES;
    }

    private String level(double value) {
        double y = up.pixel(value);
        return Svg.line("axis", LEFT, y, RIGHT, y) + Svg.text("end", LEFT - 6.0, y + 4, number(value));
    }

    /** Below the plot, as text of the page: inside it, it would be too small on a phone. */
    private static String legend(List<String> names) {
        StringBuilder entries = new StringBuilder("<ul class=\"legend\">\n");
        for (int i = 0; i < names.size(); i++) {
            entries.append("<li class=\"%s\">%s</li>\n".formatted(style(i), escaped(names.get(i))));
        }
        return entries.append("</ul>\n").toString();
    }

    private String line(String name, String style) {
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
        return "<polyline class=\"%s\" points=\"%s\"/>\n"
                        .formatted(style, points.toString().strip())
                + marks;
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
