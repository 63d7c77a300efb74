package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.Faults;
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

    /**
     * Sets the fields of the request.
     *
     * @param folder the folder against which relative names are resolved
     * @param faults collects options that do not go together
     */
    void into(SetRequestBuilder request, SetRequest earlier, Path folder, Faults faults) {
        List<ControlInput> named = images.isEmpty()
                ? earlier.controls().images()
                : images.stream()
                        .flatMap(text -> parsed(text, folder, faults).stream())
                        .toList();
        int count = images.isEmpty() ? named.size() : images.size();
        checkCount("--control-scale", scales, count, faults);
        checkCount("--control-start", starts, count, faults);
        checkCount("--control-end", ends, count, faults);
        checkCount("--control-model", models, count, faults);
        Map<String, Map<String, Object>> byKind = KindOptions.byKind(
                "--control-option",
                options,
                named.stream().map(ControlInput::kind).toList(),
                faults);
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

    /** Returns the control; empty if its text has a fault. */
    private static Optional<ControlInput> parsed(String text, Path folder, Faults faults) {
        int sign = text.indexOf('=');
        if (sign < 1 || sign == text.length() - 1) {
            faults.add("--control takes KIND=FILE, as in canny=drawing.png, not '" + text + "'.");
            return Optional.empty();
        }
        Path file = folder.resolve(text.substring(sign + 1)).toAbsolutePath().normalize();
        return Optional.of(ControlInput.of(text.substring(0, sign), file.toString()));
    }

    /** Returns the value at an index; a single value applies to all. */
    private static <T> T at(List<T> given, int index, T otherwise) {
        return given.isEmpty() ? otherwise : given.get(Math.min(index, given.size() - 1));
    }

    private static void checkCount(String option, List<?> given, int controls, Faults faults) {
        faults.require(given.isEmpty() || controls > 0, option + " requires --control.");
        faults.require(
                given.size() <= 1 || controls == 0 || given.size() == controls,
                "There are %d %s for %d --control; give one for all or one for each."
                        .formatted(given.size(), option, controls));
    }
}
