package org.atelier.evaluation;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.List;
import java.util.Locale;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.html.Svg;

/** One finding of a few variants as SVG: a dot for each mean, with its standard error. */
final class FindingPlot {

    private static final int WIDTH = 400;
    private static final int ROW = 38;
    private static final int LABEL = 14;
    private static final int FOOT = 22;
    private static final int MARGIN = 6;

    private final List<Variant> variants;
    private final Finding finding;
    private final Axis axis;

    FindingPlot(List<Variant> variants, Finding finding) {
        this.variants = variants;
        this.finding = finding;
        this.axis = Axis.of(finding.summaries(), MARGIN, WIDTH - (double) MARGIN);
    }

    String svg() {
        int height = variants.size() * ROW;
        StringBuilder svg = new StringBuilder(
                        "<figure><figcaption>%s</figcaption>\n".formatted(escaped(finding.title())))
                .append("<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, height + FOOT, escaped(finding.title())))
                .append(Svg.line("axis", MARGIN, height, WIDTH - (double) MARGIN, height));
        for (int i = 0; i < variants.size(); i++) {
            svg.append(row(variants.get(i), finding.summaries().get(i), ROW * i));
        }
        return svg.append(Svg.text("start", MARGIN, height + 16.0, number(axis.low())))
                .append(Svg.text("end", WIDTH - (double) MARGIN, height + 16.0, number(axis.high())))
                .append("</svg></figure>\n")
                .toString();
    }

    /** The name of the variant, and below it its value. */
    private String row(Variant variant, Summary summary, double top) {
        String label = Svg.text("start", MARGIN, top + LABEL, variant.title());
        if (Double.isNaN(summary.mean())) {
            return label;
        }
        double y = top + LABEL + 12;
        return label
                + Svg.line("axis", MARGIN, y, WIDTH - (double) MARGIN, y)
                + SummaryText.errorBar("s0", axis, summary, y)
                + dot(variant, summary, y);
    }

    private String dot(Variant variant, Summary summary, double y) {
        return String.format(
                Locale.ROOT,
                "<circle class=\"s0\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s: %s</title></circle>\n",
                axis.pixel(summary.mean()),
                y,
                escaped(variant.title()),
                SummaryText.mean(summary));
    }
}
