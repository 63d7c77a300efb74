package org.atelier.explain;

import static org.atelier.html.HtmlText.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.api.set.SetRequest;
import org.atelier.html.PageStyle;

/** The page: a self-contained HTML file with embedded images. */
final class ExplanationPage {

    private final Material material;
    private final String version;

    ExplanationPage(Material material, String version) {
        this.material = material;
        this.version = version;
    }

    String html() {
        List<Section> sections = sections();
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
                <h1>How one style comes about</h1>
                <p class="what">%s</p>
                <p class="note">%s This repeats the page where it was made; the commands of the sections are to be run in its
                folder, which has all images in <code>sets</code> and the recordings in <code>recording</code>.</p>
                <pre class="command"><code>%s</code></pre>
                <nav aria-label="Sections"><ol>%s</ol></nav>
                </header>
                %s%s<footer>Atelier %s. The method: Hertz et al., Style Aligned Image Generation via Shared Attention, CVPR 2024.</footer>
                </main>
                </body>
                </html>
                """.formatted(
                        escaped("How one style comes about: " + prompts()),
                        PageStyle.with(ExplanationPage.class, "explanation.css"),
                        escaped(prompts()),
                        escaped(settings()),
                        escaped(command()),
                        sections.stream()
                                .map(section -> "<li><a href=\"#%s\">%s</a></li>"
                                        .formatted(section.id(), escaped(section.title())))
                                .collect(Collectors.joining()),
                        sections.stream().map(Section::html).collect(Collectors.joining()),
                        notes(),
                        escaped(version));
    }

    private String prompts() {
        SetRequest set = material.plan().resolved();
        String prompts = String.join(", ", set.prompts());
        return set.style().isBlank() ? prompts : prompts + "; " + set.style();
    }

    private String command() {
        String given = material.plan().request().command();
        boolean isRandom = material.plan().request().set().seed() == null;
        String seed = isRandom ? " --seed " + material.plan().resolved().seed() : "";
        return given + seed + " --out again";
    }

    private String settings() {
        SetRequest set = material.plan().resolved();
        return "Model %s, attention %s, %d × %d pixels, %s, %d steps, CFG %s, first seed %d."
                .formatted(
                        set.model(),
                        set.sharing().attention(),
                        set.sampling().width(),
                        set.sampling().height(),
                        set.sampling().sampler(),
                        set.sampling().steps(),
                        set.sampling().cfgScale(),
                        set.seed());
    }

    private List<Section> sections() {
        StepSections pictures = new StepSections(material);
        List<Section> sections = new ArrayList<>();
        sections.add(pictures.steps());
        boolean shares = !material.recordings().sharing().isEmpty();
        if (shares) {
            sections.add(new AlignmentSection(material).section());
            sections.add(new AttentionSection(material).section());
        }
        if (!material.recordings().all().isEmpty()) {
            sections.add(new ComponentsSection(material).section());
        }
        sections.add(pictures.parts());
        material.plan()
                .reconstruction()
                .ifPresent(planned -> sections.add(new InversionSection(material, planned).section()));
        if (!material.plan().blends().isEmpty()) {
            sections.add(pictures.blends());
        }
        if (!material.method().controls().isEmpty()) {
            sections.add(pictures.controls());
        }
        return sections;
    }

    private String notes() {
        List<String> notes = new ArrayList<>(material.notes());
        if (material.recordings().sharing().isEmpty()) {
            notes.add(
                    "Not shown: what AdaIN does and where places look. With attention %s no image attends to a reference."
                            .formatted(material.plan().resolved().sharing().attention()));
        }
        if (notes.isEmpty()) {
            return "";
        }
        return notes.stream()
                .map(note -> "<li>" + escaped(note) + "</li>\n")
                .collect(Collectors.joining(
                        "", "<section>\n<h2 id=\"notes\">Notes</h2>\n<ul>\n", "</ul>\n</section>\n"));
    }
}
