package org.atelier.html;

import java.util.Locale;

/** Elements of SVG inside HTML. */
public final class Svg {

    private Svg() {}

    /** @param style names a class of the style sheet */
    public static String line(String style, double x1, double y1, double x2, double y2) {
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
    public static String text(String anchor, double x, double y, String text) {
        return String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                anchor,
                x,
                y,
                HtmlText.escaped(text));
    }
}
