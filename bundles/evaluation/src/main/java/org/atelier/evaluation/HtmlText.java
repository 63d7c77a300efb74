package org.atelier.evaluation;

import java.util.Locale;
import org.atelier.api.evaluation.Evaluation.Summary;

/** Text for HTML. */
final class HtmlText {

    private HtmlText() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }

    /** The mean and its standard error, if there is one. */
    static String mean(Summary summary) {
        return summary.standardError() == null
                ? number(summary.mean())
                : number(summary.mean()) + " ± " + number(summary.standardError());
    }
}
