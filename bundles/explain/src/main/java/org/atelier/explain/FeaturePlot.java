package org.atelier.explain;

import static org.atelier.html.HtmlText.escaped;
import static org.atelier.html.HtmlText.number;

import java.util.List;
import java.util.Locale;
import org.atelier.html.Svg;

/** Queries or keys of an image before and after AdaIN, against the reference's, as SVG. */
final class FeaturePlot {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 210;
    private static final int LEFT = 12;
    private static final int RIGHT = 308;
    private static final int TOP = 12;
    private static final int BOTTOM = 182;

    private final Recording recording;
    private final String kind;

    /** @param kind query or key */
    FeaturePlot(Recording recording, String kind) {
        this.recording = recording;
        this.kind = kind;
    }

    /** The distribution of the channel in which image and reference differ most. */
    String histogram() {
        List<String> names = List.of("reference-0", "own", "aligned");
        double highest = 0;
        for (String name : names) {
            for (float share : values(name, "histogram")) {
                highest = Math.max(highest, share);
            }
        }
        StringBuilder svg = begin("Distribution of one channel of the " + plural());
        for (int i = 0; i < names.size(); i++) {
            svg.append(curve(values(names.get(i), "histogram"), highest, "f" + i));
        }
        float[] range = recording.values(kind + ".range");
        return svg.append(Svg.text("start", LEFT, BOTTOM + 16.0, number(range[0])))
                .append(Svg.text("end", RIGHT, BOTTOM + 16.0, number(range[1])))
                .append(Svg.text("middle", WIDTH / 2.0, BOTTOM + 16.0, "value"))
                .append("</svg>\n")
                .toString();
    }

    private StringBuilder begin(String label) {
        return new StringBuilder("<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, HEIGHT, escaped(label)))
                .append(Svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM));
    }

    private String plural() {
        return kind.equals("key") ? "keys" : "queries";
    }

    private float[] values(String name, String statistic) {
        return recording.values(kind + "." + name + "." + statistic);
    }

    private static String curve(float[] shares, double highest, String style) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < shares.length; i++) {
            double x = LEFT + (i + 0.5) / shares.length * (RIGHT - LEFT);
            double y = BOTTOM - shares[i] / highest * (BOTTOM - TOP);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return "<polyline class=\"%s\" points=\"%s\"/>\n"
                .formatted(style, points.toString().strip());
    }

    /** The mean of every channel against that of the reference's, before and after. */
    String means() {
        float[] reference = values("reference-0", "moments");
        float[] own = values("own", "moments");
        float[] aligned = values("aligned", "moments");
        int count = reference.length / 2;
        double extent = 1e-6;
        for (int i = 0; i < count; i++) {
            extent = Math.max(extent, Math.max(Math.abs(reference[i]), Math.abs(own[i])));
        }
        StringBuilder svg = begin("Means of the channels of the " + plural() + ", image against reference")
                .append(Svg.line("axis", LEFT, BOTTOM, RIGHT, TOP));
        for (int i = 0; i < count; i++) {
            svg.append(dot("f1", reference[i], own[i], extent));
        }
        for (int i = 0; i < count; i++) {
            svg.append(dot("f2", reference[i], aligned[i], extent));
        }
        return svg.append(Svg.text("end", RIGHT, BOTTOM + 16.0, "mean of the reference"))
                .append(Svg.text("start", LEFT, TOP + 4.0, "mean of the image"))
                .append("</svg>\n")
                .toString();
    }

    private static String dot(String style, double across, double up, double extent) {
        return String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\"/>\n",
                style,
                LEFT + (across / extent + 1) / 2 * (RIGHT - LEFT),
                BOTTOM - (up / extent + 1) / 2 * (BOTTOM - TOP));
    }

    /** The mean distance of the channels' means from the reference's, in the reference's standard deviations. */
    double distance(String name) {
        float[] reference = values("reference-0", "moments");
        float[] other = values(name, "moments");
        int count = reference.length / 2;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.abs(other[i] - reference[i]) / reference[count + i];
        }
        return sum / count;
    }
}
