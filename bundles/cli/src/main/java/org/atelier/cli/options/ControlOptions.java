package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The images whose shapes a set takes, and how. */
final class ControlOptions {

    @Option(
            names = "--control",
            paramLabel = "KIND=FILE",
            description =
                    "An image and what is made of it, as in canny=drawing.png: its shapes are followed. One for all"
                            + " images but the reference, or repeated, one for each; several kinds act together.")
    private List<String> images = List.of();

    @Option(
            names = "--control-scale",
            paramLabel = "X",
            description =
                    "How strongly shapes are followed, for all or one for each --control. Default: ${bundle:default.controls.scale}.")
    private List<Double> scales = List.of();

    @Option(
            names = "--control-start",
            paramLabel = "X",
            description =
                    "The fraction of the steps after which they are, for all or one for each. Default: ${bundle:default.controls.start}.")
    private List<Double> starts = List.of();

    @Option(
            names = "--control-end",
            paramLabel = "X",
            description =
                    "The fraction of the steps after which they no longer are. Default: ${bundle:default.controls.end}.")
    private List<Double> ends = List.of();

    @Option(
            names = "--control-model",
            paramLabel = "NAME|DIR",
            description =
                    "The ControlNet, for all or one for each --control. Default: ${bundle:default.controls.model}.")
    private List<String> models = List.of();

    @Option(
            names = "--control-option",
            paramLabel = "KIND.NAME=VALUE",
            description =
                    "An option of what a kind makes of an image; repeatable. An unknown name lists the known ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--control-guess",
            description = "Follows shapes without words: coarse features more than fine ones.")
    private boolean guess;

    @Option(
            names = "--control-reference",
            description = "The first image follows too, which without --reference is the reference and stays free.")
    private boolean reference;

    @Option(
            names = "--control-words",
            paramLabel = "WHICH",
            description =
                    "own, or negative: what google/style-aligned tells a ControlNet by mistake. Default: ${bundle:default.control_words}.")
    private String words;

    /** @param folder that names of files start from */
    void into(SetRequestBuilder request, SetRequest earlier, Path folder) {
        List<ControlInput> named = images.isEmpty()
                ? earlier.controls().images()
                : images.stream().map(text -> parsed(text, folder)).toList();
        checkCount("--control-scale", scales, named);
        checkCount("--control-start", starts, named);
        checkCount("--control-end", ends, named);
        checkCount("--control-model", models, named);
        Map<String, Map<String, Object>> byKind = KindOptions.byKind(
                "--control-option",
                options,
                named.stream().map(ControlInput::kind).toList());
        List<ControlInput> controls = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            ControlInput control = named.get(i);
            Map<String, Object> all = new LinkedHashMap<>(control.options());
            all.putAll(byKind.getOrDefault(control.kind(), Map.of()));
            controls.add(new ControlInput(
                    control.kind(),
                    control.file(),
                    control.sha256(),
                    all,
                    at(models, i, control.model()),
                    at(scales, i, control.scale()),
                    at(starts, i, control.start()),
                    at(ends, i, control.end())));
        }
        request.controls(controls);
        ControlRules rules = earlier.controls().rules();
        request.controlRules(new ControlRules(
                guess || rules.guess(), reference || rules.reference(), words == null ? rules.promptSource() : words));
    }

    private static ControlInput parsed(String text, Path folder) {
        int sign = text.indexOf('=');
        if (sign < 1 || sign == text.length() - 1) {
            throw new AtelierException(
                    INVALID_REQUEST, "--control takes KIND=FILE, as in canny=drawing.png, not '" + text + "'.");
        }
        Path file = folder.resolve(text.substring(sign + 1)).toAbsolutePath().normalize();
        return ControlInput.of(text.substring(0, sign), file.toString());
    }

    /** One for all, or one for each. */
    private static <T> T at(List<T> given, int index, T otherwise) {
        return given.isEmpty() ? otherwise : given.get(given.size() == 1 ? 0 : index);
    }

    private static void checkCount(String option, List<?> given, List<ControlInput> controls) {
        if (!given.isEmpty() && controls.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, option + " needs a --control.");
        }
        if (given.size() > 1 && given.size() != controls.size()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There are %d %s for %d --control; give one for all, or one for each."
                            .formatted(given.size(), option, controls.size()));
        }
    }
}
