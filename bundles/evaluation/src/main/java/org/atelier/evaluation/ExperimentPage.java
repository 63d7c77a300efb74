package org.atelier.evaluation;

import static org.atelier.html.HtmlText.escaped;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.html.EmbeddedImage;
import org.atelier.html.PageStyle;

/** The report of an experiment: a self-contained HTML file with embedded images. */
final class ExperimentPage {

    private final ExperimentResult result;
    private final EvaluationRequest request;
    private final RequestFormat format;

    ExperimentPage(ExperimentResult result, RequestFormat format) {
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
                <h2>Measurements</h2>
                %s
                </section>
                <section>
                <h2>The images</h2>
                <p>%s</p>
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
                        PageStyle.with(ExperimentPage.class, "report.css"),
                        escaped(title()),
                        escaped(summary()),
                        findings(),
                        escaped(result.definition().explanation()),
                        images(),
                        settings(),
                        escaped(result.version()));
    }

    private String title() {
        String style = request.set().style();
        String title = result.definition().title();
        return style.isBlank() ? title : title + ": " + style;
    }

    private String summary() {
        SetRequest set = request.set();
        int prompts = set.items().size();
        return "%s, %s a variant. %s, %d × %d pixels, %s, %d steps, CFG %s, first seed %d."
                .formatted(
                        prompts == 1 ? "One prompt" : prompts + " prompts",
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
        return (result.hasSeries() ? series() : table())
                + "<p class=\"note\">"
                + reading()
                + "</p>\n<p class=\"note\">Measured with "
                + escaped(metrics())
                + ". The values are in "
                + ReportFolder.TABLE
                + " and, down to every pair of images, in "
                + ReportFolder.RECORD
                + ".</p>";
    }

    private String table() {
        return new VariantsTable(result.variants()).html(result.findings())
                + result.findings().stream()
                        .map(finding -> new FindingPlot(result.variants(), finding).svg())
                        .collect(Collectors.joining("", "<div class=\"plots\">\n", "</div>\n"));
    }

    private String series() {
        return result.findings().stream()
                .map(finding -> {
                    FindingSeries series = new FindingSeries(result.variants(), finding);
                    return "<figure><figcaption>%s<small>%s</small></figcaption>\n%s<details><summary>Values</summary>\n%s</details></figure>\n"
                            .formatted(
                                    escaped(finding.title()),
                                    VariantsTable.better(finding.direction()),
                                    new SeriesPlot(series, finding).svg(),
                                    new SeriesTable(series).html());
                })
                .collect(Collectors.joining("", "<div class=\"plots\">\n", "</div>\n"));
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

    private String reading() {
        String spread = request.seeds() == 1
                ? "Each value is from one set, so the variation over seeds is unknown."
                : "Each value is the mean of %d sets with different seeds, ± the standard error of the mean."
                        .formatted(request.seeds());
        String ratios = result.hasSeries()
                ? result.baselineSeries()
                        .map(" × is the ratio to %s at the same weight."::formatted)
                        .orElse("")
                : " Bars and × are the ratio to the unaligned set; the line marks 1. The closest variant is in bold"
                        + " colour.";
        return spread + ratios + " A distance between images of different objects is never 0.";
    }

    /** All sets; of many variants only those of the first seed, to keep the file small. */
    private String images() {
        StringBuilder all = new StringBuilder(grid(0));
        for (int repetition = 1; repetition < request.seeds() && !result.hasSeries(); repetition++) {
            all.append("<details><summary>Seed %d</summary>\n%s</details>\n"
                    .formatted(seed(repetition), grid(repetition)));
        }
        return all.toString();
    }

    private long seed(int repetition) {
        return result.of(result.variants().get(0))
                .get(repetition)
                .set()
                .request()
                .seed();
    }

    private String grid(int repetition) {
        String heads = request.set().prompts().stream()
                .map(prompt -> "<th scope=\"col\">" + escaped(prompt) + "</th>")
                .collect(Collectors.joining());
        StringBuilder rows = new StringBuilder();
        for (Variant variant : result.variants()) {
            MeasuredVariant set = result.of(variant).get(repetition);
            String cells = set.set().images().stream()
                    .filter(image -> !image.isReconstruction())
                    .map(ExperimentPage::image)
                    .collect(Collectors.joining());
            rows.append("<tr><th scope=\"row\">%s<small>%s</small></th>%s</tr>\n"
                    .formatted(escaped(variant.title()), escaped(result.relativePath(set)), cells));
        }
        return "<div class=\"wide\"><table class=\"images\">\n<thead><tr><td></td>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table></div>\n"
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
        for (Variant variant : firstOfSeries()) {
            SetRequest generated = result.of(variant).get(0).set().request();
            requests.append("<details><summary>%s</summary><pre>%s</pre></details>\n"
                    .formatted(
                            escaped(variant.title()),
                            escaped(format.write(generated).strip())));
        }
        return (notes.isEmpty() ? "" : "<ul>\n" + notes + "</ul>\n") + requests;
    }

    /** The first variant of each series: the others differ from it by their position only. */
    private List<Variant> firstOfSeries() {
        Set<String> series = new HashSet<>();
        return result.variants().stream()
                .filter(variant -> series.add(variant.series()))
                .toList();
    }
}
