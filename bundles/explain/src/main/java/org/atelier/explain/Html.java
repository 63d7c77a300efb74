package org.atelier.explain;

import static org.atelier.html.HtmlText.escaped;

import java.util.List;

/** Elements that the sections have in common. */
final class Html {

    private Html() {}

    static String image(String uri, String alt) {
        return "<img alt=\"%s\" src=\"%s\">".formatted(escaped(alt), uri);
    }

    /** A picture with a caption of plain text. */
    static String figure(String uri, String alt, String caption) {
        return "<figure class=\"tile\">%s<figcaption>%s</figcaption></figure>\n"
                .formatted(image(uri, alt), escaped(caption));
    }

    /** A table of pictures that scrolls sideways on a narrow screen. */
    static String table(String name, List<String> heads, List<String> rows) {
        StringBuilder head = new StringBuilder();
        heads.forEach(text ->
                head.append(text.isEmpty() ? "<td></td>" : "<th scope=\"col\">%s</th>".formatted(escaped(text))));
        return "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table class=\"images\">\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table></div>\n"
                .formatted(escaped(name), head, String.join("", rows));
    }

    /** @param cells HTML of each cell */
    static String row(String title, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr><th scope=\"row\">%s</th>".formatted(escaped(title)));
        cells.forEach(cell -> row.append("<td>").append(cell).append("</td>"));
        return row.append("</tr>\n").toString();
    }

    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
