package org.atelier.html;

import java.util.Locale;

/** Text for HTML. */
public final class HtmlText {

    private HtmlText() {}

    /** Escapes text for content and quoted attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A number with three decimals, from 1 on with two. */
    public static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }
}
