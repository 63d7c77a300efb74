package org.atelier.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation.Finding;
import org.atelier.api.evaluation.Evaluation.Summary;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;

/** The report of an ablation: a self-contained HTML file with embedded images. */
final class AblationPage {

    private final AblationResult result;
    private final AblationRequest request;
    private final RequestFormat format;

    AblationPage(AblationResult result, RequestFormat format) {
        this.result = result;
        this.request = result.request();
        this.format = format;
    }

    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <header>
                <h1>%s</h1>
                <p class="what">%s</p>
                </header>
                <section>
                <h2>How similar are the images of a set?</h2>
                %s
                </section>
                <section>
                <h2>The images</h2>
                <p>Every row has the same prompts and the same noise. In the last two rows the first image is the reference of the others.</p>
                %s
                </section>
                <section>
                <h2>Requests</h2>
                %s
                </section>
                <footer>Atelier %s</footer>
                </main>
                </body>
                </html>
                """.formatted(
                        escaped(title()),
                        style(),
                        escaped(title()),
                        escaped(summary()),
                        findings(),
                        images(),
                        settings(),
                        escaped(result.version()));
    }

    private String title() {
        String style = request.set().style();
        return style.isBlank() ? "Ablation" : "Ablation: " + style;
    }

    private String summary() {
        SetRequest set = request.set();
        return "%d prompts, %s a variant. %s, %d × %d pixels, %s, %d steps, CFG %s, first seed %d."
                .formatted(
                        set.items().size(),
                        request.seeds() == 1 ? "one set" : request.seeds() + " sets",
                        set.model(),
                        set.sampling().width(),
                        set.sampling().height(),
                        set.sampling().sampler(),
                        set.sampling().steps(),
                        set.sampling().cfgScale(),
                        set.seed());
    }

    private String findings() {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr><th></th>");
        for (Variant variant : Variant.values()) {
            table.append("<th scope=\"col\">").append(variant.title()).append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        result.findings().forEach(finding -> table.append(row(finding)));
        return table.append("</tbody>\n</table></div>\n<p class=\"note\">")
                .append(reading())
                .append("</p>\n<p class=\"note\">Measured with ")
                .append(escaped(metrics()))
                .append(".</p>")
                .toString();
    }

    /** {@code palette; texture; network (model = small-vit, side = 16)}. */
    private String metrics() {
        return result.metrics().stream()
                .map(metric -> metric.options().isEmpty()
                        ? metric.name()
                        : metric.options().entrySet().stream()
                                .map(option -> option.getKey() + " = " + option.getValue())
                                .collect(Collectors.joining(", ", metric.name() + " (", ")")))
                .collect(Collectors.joining("; "));
    }

    private String row(Finding finding) {
        String cells = finding.summaries().stream()
                .map(summary -> cell(finding, summary))
                .collect(Collectors.joining());
        String better = finding.direction() == Direction.LOWER_IS_CLOSER ? "lower is closer" : "higher is closer";
        return "<tr><th scope=\"row\">%s<small>%s</small></th>%s</tr>\n"
                .formatted(escaped(finding.title()), better, cells);
    }

    private String cell(Finding finding, Summary summary) {
        if (Double.isNaN(summary.mean())) {
            return "<td>–</td>";
        }
        String spread = summary.deviation() == null ? "" : " <small>± " + number(summary.deviation()) + "</small>";
        return "<td%s><b>%s</b>%s%s</td>"
                .formatted(
                        isMostAlike(finding, summary) ? " class=\"best\"" : "",
                        number(summary.mean()),
                        spread,
                        summary.ratio() == null ? "" : bar(summary.ratio()));
    }

    private static boolean isMostAlike(Finding finding, Summary summary) {
        return finding.summaries().stream()
                .allMatch(other -> finding.direction() == Direction.LOWER_IS_CLOSER
                        ? summary.mean() <= other.mean()
                        : summary.mean() >= other.mean());
    }

    /** The ratio to the unaligned set, as a bar; a ratio of 1 fills two thirds. */
    private static String bar(double ratio) {
        double share = Math.max(0, Math.min(100, ratio * 200 / 3));
        return String.format(
                Locale.ROOT,
                "<span class=\"bar\"><i style=\"width:%.1f%%\"></i></span><span class=\"ratio\">× %.2f</span>",
                share,
                ratio);
    }

    private String reading() {
        String spread = request.seeds() == 1
                ? "Each value is from one set, so the variation over seeds is unknown."
                : "Each value is the mean of %d sets with different seeds, ± the standard deviation."
                        .formatted(request.seeds());
        return spread
                + " Bars and × are the ratio to the unaligned set; the line marks 1. The closest variant is in bold colour."
                + " A distance between images of different objects is never 0.";
    }

    private String images() {
        StringBuilder all = new StringBuilder();
        for (int repetition = 0; repetition < request.seeds(); repetition++) {
            String grid = grid(repetition);
            long seed =
                    result.of(Variant.ALIGNED).get(repetition).set().request().seed();
            all.append(
                    repetition == 0
                            ? grid
                            : "<details><summary>Seed %d</summary>\n%s</details>\n".formatted(seed, grid));
        }
        return all.toString();
    }

    private String grid(int repetition) {
        String heads = request.set().prompts().stream()
                .map(prompt -> "<th scope=\"col\">" + escaped(prompt) + "</th>")
                .collect(Collectors.joining());
        StringBuilder rows = new StringBuilder();
        for (Variant variant : Variant.values()) {
            MeasuredVariant set = result.of(variant).get(repetition);
            String cells = set.set().images().stream().map(AblationPage::image).collect(Collectors.joining());
            rows.append("<tr><th scope=\"row\">%s<small>%s</small></th>%s</tr>\n"
                    .formatted(variant.title(), escaped(result.relativePath(set)), cells));
        }
        return "<div class=\"wide\"><table class=\"images\">\n<thead><tr><th></th>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table></div>\n"
                .formatted(heads, rows);
    }

    private static String image(GeneratedImage image) {
        return "<td><img alt=\"%s\" title=\"%1$s, seed %d\" src=\"%s\"></td>"
                .formatted(escaped(image.prompt()), image.seed(), EmbeddedImage.of(image.file()));
    }

    private String settings() {
        String notes = result.notes().stream()
                .map(note -> "<li>" + escaped(note) + "</li>\n")
                .collect(Collectors.joining());
        StringBuilder requests = new StringBuilder();
        for (Variant variant : Variant.values()) {
            SetRequest generated = result.of(variant).get(0).set().request();
            requests.append("<details><summary>%s</summary><pre>%s</pre></details>\n"
                    .formatted(variant.title(), escaped(format.write(generated).strip())));
        }
        return (notes.isEmpty() ? "" : "<ul>\n" + notes + "</ul>\n") + requests;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream style = AblationPage.class.getResourceAsStream("report.css")) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
