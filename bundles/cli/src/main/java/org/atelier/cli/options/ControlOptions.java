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

/** The options of ControlNets. */
final class ControlOptions {

    @Option(
            names = "--control",
            paramLabel = "KIND=FILE",
            description = "A preprocessor and an image whose shapes to follow, as in canny=drawing.png. Given once"
                    + " per kind, it applies to all images except the reference; repeated, to one image each."
                    + " Several kinds are combined.")
    private List<String> images = List.of();

    @Option(
            names = "--control-scale",
            paramLabel = "X",
            description = "The conditioning scale, one for all or one for each --control. Default:"
                    + " ${bundle:default.controls.scale}.")
    private List<Double> scales = List.of();

    @Option(
            names = "--control-start",
            paramLabel = "X",
            description = "The fraction of the steps at which the control starts, one for all or one for each."
                    + " Default: ${bundle:default.controls.start}.")
    private List<Double> starts = List.of();

    @Option(
            names = "--control-end",
            paramLabel = "X",
            description = "The fraction of the steps at which the control ends, one for all or one for each. Default:"
                    + " ${bundle:default.controls.end}.")
    private List<Double> ends = List.of();

    @Option(
            names = "--control-model",
            paramLabel = "NAME|DIR",
            description =
                    "The ControlNet, one for all or one for each --control. Default: ${bundle:default.controls.model}.")
    private List<String> models = List.of();

    @Option(
            names = "--control-option",
            paramLabel = "KIND.NAME=VALUE",
            description = "An option of a preprocessor; repeatable. An unknown name lists the available ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--control-guess",
            description =
                    "Guess mode: controls only the half of guidance with the prompt, and coarse features more than fine ones.")
    private boolean guess;

    @Option(
            names = "--control-reference",
            description = "Applies the controls to the first image too. Without --reference, that image is the"
                    + " reference, and by default it is not controlled.")
    private boolean reference;

    @Option(
            names = "--control-words",
            paramLabel = "WHICH",
            description = "The prompts that the ControlNet receives: own, each half of guidance its own; negative, the"
                    + " negative prompt for both, a bug of google/style-aligned. Default:"
                    + " ${bundle:default.control_prompt}.")
    private String promptSource;

    /** @param folder the folder against which relative names are resolved */
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
                guess || rules.guess(),
                reference || rules.reference(),
                promptSource == null ? rules.promptSource() : promptSource));
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

    /** Returns the value at an index; a single value applies to all. */
    private static <T> T at(List<T> given, int index, T otherwise) {
        return given.isEmpty() ? otherwise : given.get(given.size() == 1 ? 0 : index);
    }

    private static void checkCount(String option, List<?> given, List<ControlInput> controls) {
        if (!given.isEmpty() && controls.isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, option + " requires --control.");
        }
        if (given.size() > 1 && given.size() != controls.size()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There are %d %s for %d --control; give one for all or one for each."
                            .formatted(given.size(), option, controls.size()));
        }
    }
}
