package org.atelier.evaluation;

import java.util.Locale;
import org.atelier.api.evaluation.Evaluation.Summary;

/** Elements of SVG inside HTML. */
final class Svg {

    private Svg() {}

    static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    /** @param anchor start, middle or end */
    static String text(String anchor, double x, double y, String text) {
        return String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                anchor,
                x,
                y,
                HtmlText.escaped(text));
    }

    /** A horizontal bar from one standard error below the mean to one above; empty for a single set. */
    static String errorBar(String style, Axis axis, Summary summary, double y) {
        return summary.standardError() == null
                ? ""
                : line(
                        style,
                        axis.pixel(summary.mean() - summary.standardError()),
                        y,
                        axis.pixel(summary.mean() + summary.standardError()),
                        y);
    }
}
