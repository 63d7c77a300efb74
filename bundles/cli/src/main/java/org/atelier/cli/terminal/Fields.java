package org.atelier.cli.terminal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.text.ControlCharacters;

/** Prints names and values in two columns. */
public record Fields(Terminal terminal) {

    private static final int COLUMN = 17;

    /** Prints a value; further lines are aligned below its first. */
    public void line(String name, String value) {
        String beside = ControlCharacters.shown(value).replace("\n", "\n" + " ".repeat(COLUMN));
        String title = ControlCharacters.shown(name).replaceAll("\\s", " ");
        terminal.out().println(title + " ".repeat(Math.max(1, COLUMN - title.length())) + beside);
    }

    /** Prints a text, wrapped between words. */
    public void text(String name, String value) {
        line(name, String.join("\n", Paragraph.lines(value, terminal.outWidth() - COLUMN)));
    }

    public void reference(ReferenceFile reference) {
        line(
                "reference",
                "%s, weight %.2f: %s".formatted(reference.file(), reference.weight(), reference.effectivePrompt()));
    }

    /**
     * Prints the sampler and the attention.
     *
     * @param attentionOptions of the set or of one image
     */
    public void generation(SetRequest request, Map<String, Object> attentionOptions) {
        line(
                "sampler",
                request.sampling().sampler() + ", " + request.sampling().steps() + " steps, CFG scale "
                        + request.sampling().cfgScale()
                        + given(", guidance rescale ", request.sampling().guidanceRescale(), 0.0)
                        + given(", clip skip ", request.modelOptions().clipSkip(), 0)
                        + given(", prediction ", predictionOf(request), "epsilon"));
        line("attention", request.sharing().attention() + options(attentionOptions));
    }

    private static String predictionOf(SetRequest request) {
        String prediction = request.modelOptions().prediction();
        return prediction == null ? "epsilon" : prediction;
    }

    private static String given(String name, Object value, Object defaultValue) {
        return Objects.equals(value, defaultValue) ? "" : name + value;
    }

    private static String options(Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + formatted(option.getValue()))
                .collect(Collectors.joining(" ", " ", ""))
                .stripTrailing();
    }

    /** Formats a list with commas, as the command line accepts it. */
    private static String formatted(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }
}
