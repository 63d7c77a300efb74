package org.atelier.cli.demo;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;
import static org.atelier.html.HtmlText.escaped;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.cli.demo.DemoStep.ShownSet;
import org.atelier.files.IoErrors;
import org.atelier.html.EmbeddedImage;
import org.atelier.html.PageStyle;

/**
 * The page of the demonstration: one HTML file with the commands, their inputs and their results.
 *
 * @param folder that of the demonstration, which has the inputs and the results
 * @param steps the commands in order
 * @param version that of Atelier
 */
record DemoPage(Path folder, List<FinishedStep> steps, String version) {

    private static final String TITLE = "What Atelier does";

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
                <p class="what">Sets of images that share one style, from prompts, pictures, speech, music and the weather. No network
                was trained for any of these styles.</p>
                <p class="note">Every section shows a command and what it made. All ran one after another, in %s, without a network
                connection. To run one again, give it another folder with <code>--out</code>.</p>
                <nav aria-label="Sections"><ol>%s</ol></nav>
                </header>
                %s<footer>Atelier %s, with the included model sketchbook, a toy of 128 × 128 pixels. The method: Hertz et al., Style Aligned Image
                Generation via Shared Attention, CVPR 2024.</footer>
                </main>
                </body>
                </html>
                """.formatted(
                        TITLE,
                        PageStyle.with(DemoPage.class, "demo.css"),
                        TITLE,
                        seconds(steps.stream().map(FinishedStep::duration).reduce(Duration.ZERO, Duration::plus)),
                        steps.stream()
                                .map(step -> "<li><a href=\"#%s\">%s</a></li>".formatted(id(step), title(step)))
                                .collect(Collectors.joining()),
                        steps.stream().map(this::section).collect(Collectors.joining()),
                        escaped(version));
    }

    private static String title(FinishedStep finished) {
        return escaped(finished.step().title());
    }

    private String id(FinishedStep finished) {
        return "step-" + (steps.indexOf(finished) + 1);
    }

    private String section(FinishedStep finished) {
        DemoStep step = finished.step();
        String inputs = step.inputs().stream().map(this::input).collect(Collectors.joining());
        return """
                <section>
                <h2 id="%s">%s</h2>
                <p>%s</p>
                <pre class="command"><code>%s</code></pre>
                %s%s%s<p class="note">%s</p>
                </section>
                """.formatted(
                        id(finished),
                        title(finished),
                        escaped(step.text()),
                        escaped(step.command()),
                        inputs.isEmpty() ? "" : "<div class=\"tiles inputs\">%s</div>\n".formatted(inputs),
                        step.sets().stream().map(this::set).collect(Collectors.joining()),
                        step.printsText()
                                ? "<pre class=\"output\" tabindex=\"0\">%s</pre>\n".formatted(escaped(text(finished)))
                                : "",
                        seconds(finished.duration()));
    }

    /** What the command printed, without the files that it names: their content is on this page. */
    private String text(FinishedStep finished) {
        return finished.output()
                .lines()
                .filter(line -> !line.startsWith(folder.toString()))
                .collect(Collectors.joining("\n"));
    }

    private String input(String name) {
        Path file = folder.resolve(name);
        String content = name.endsWith(".wav")
                ? "<audio controls preload=\"none\" aria-label=\"%s\" src=\"data:audio/wav;base64,%s\"></audio>"
                        .formatted(escaped(name), Base64.getEncoder().encodeToString(bytes(file)))
                : "<img alt=\"the input %s\" src=\"%s\">".formatted(escaped(name), EmbeddedImage.of(file));
        return "<figure class=\"tile\">%s<figcaption>%s</figcaption></figure>\n".formatted(content, escaped(name));
    }

    private String set(ShownSet set) {
        Path images = folder.resolve(set.folder());
        StringBuilder tiles = new StringBuilder();
        JsonObject record = JsonParser.parseString(
                        new String(bytes(images.resolve("set.json")), StandardCharsets.UTF_8))
                .getAsJsonObject();
        for (JsonElement element : record.getAsJsonArray("files")) {
            JsonObject image = element.getAsJsonObject();
            if (image.has("prompt") || image.has("control")) {
                String caption = escaped(caption(image));
                tiles.append("<figure class=\"tile\"><img alt=\"%s\" src=\"%s\"><figcaption>%s</figcaption></figure>\n"
                        .formatted(
                                caption,
                                EmbeddedImage.of(
                                        images.resolve(image.get("file").getAsString())),
                                caption));
            }
        }
        String label = set.label().isEmpty() ? "" : "<h3>%s</h3>\n".formatted(escaped(set.label()));
        return "%s<div class=\"tiles\">\n%s</div>\n".formatted(label, tiles);
    }

    private static String caption(JsonObject image) {
        if (image.has("control")) {
            return "the control image: " + image.get("control").getAsString();
        }
        String prompt = image.get("prompt").getAsString();
        return image.has("reconstruction") ? "the reference, as the model reconstructs it: " + prompt : prompt;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s was written but cannot be read: %s.".formatted(file, IoErrors.of(e)), e);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f seconds", duration.toMillis() / 1000.0);
    }
}
