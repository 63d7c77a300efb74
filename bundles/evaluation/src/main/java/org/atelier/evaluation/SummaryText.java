package org.atelier.evaluation;

import static org.atelier.html.HtmlText.number;

import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.html.Svg;

/** A summary as text and as a bar of a plot. */
final class SummaryText {

    private SummaryText() {}

    /** The mean and its standard error, if there is one. */
    static String mean(Summary summary) {
        return summary.standardError() == null
                ? number(summary.mean())
                : number(summary.mean()) + " ± " + number(summary.standardError());
    }

    /** A horizontal bar from one standard error below the mean to one above; empty for a single set. */
    static String errorBar(String style, Axis axis, Summary summary, double y) {
        return summary.standardError() == null
                ? ""
                : Svg.line(
                        style,
                        axis.pixel(summary.mean() - summary.standardError()),
                        y,
                        axis.pixel(summary.mean() + summary.standardError()),
                        y);
    }
}
