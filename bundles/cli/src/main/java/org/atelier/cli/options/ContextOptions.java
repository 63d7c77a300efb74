package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.ContextInput;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The context inputs, in the order in which they are given. */
public class ContextOptions {

    /** One list for all six options, as their order is the order of the texts in the prompt. */
    private final List<ContextInput> inputs = new ArrayList<>();

    @Option(
            names = "--context",
            paramLabel = "KIND=INPUT",
            parameterConsumer = InOrder.class,
            description = "An input that the context plugin KIND turns into text; repeatable.")
    List<ContextInput> contexts = inputs;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            parameterConsumer = InOrder.class,
            description = "An image; its text is a caption.")
    List<ContextInput> images = inputs;

    @Option(
            names = "--speech",
            paramLabel = "FILE",
            parameterConsumer = InOrder.class,
            description = "Speech; its text is the transcript.")
    List<ContextInput> speeches = inputs;

    @Option(
            names = "--music",
            paramLabel = "FILE",
            parameterConsumer = InOrder.class,
            description = "Music; its text is its mood.")
    List<ContextInput> songs = inputs;

    @Option(
            names = "--place",
            paramLabel = "TEXT",
            parameterConsumer = InOrder.class,
            description = "A place, \"Bergen,NO\" or \"60.39,5.32\"; its text is the current weather.")
    List<ContextInput> places = inputs;

    @Option(
            names = "--weather",
            paramLabel = "WORD",
            parameterConsumer = InOrder.class,
            description = "The weather by name, such as rain, snow or fog; needs no network.")
    List<ContextInput> weathers = inputs;

    @Option(
            names = "--context-option",
            paramLabel = "KIND.NAME=VALUE",
            description = "An option of a context plugin; repeatable. An unknown name lists the available ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** Adds each input in the order of the command line. */
    static final class InOrder implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            String name = ((OptionSpec) option).longestName();
            if (arguments.isEmpty()) {
                throw new ParameterException(
                        command.commandLine(), "Missing required parameter for option '" + name + "'");
            }
            String text = arguments.pop();
            List<ContextInput> inputs = option.getValue();
            if (!name.equals("--context")) {
                inputs.add(ContextInput.of(name.substring(2), text));
                return;
            }
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new ParameterException(
                        command.commandLine(), "--context takes KIND=INPUT, as in place=Bergen, not '" + text + "'");
            }
            inputs.add(ContextInput.of(text.substring(0, sign), text.substring(sign + 1)));
        }
    }

    /**
     * Returns the inputs given as options or, if there are none, those of the request file.
     *
     * @param earlier the inputs of the request file
     * @param folder the folder against which relative names are resolved
     * @param kinds tells which inputs are file names
     * @param forReference whether the text joins the reference's prompt; {@code null} to keep the value of the request file, by default
     *     {@code false}
     * @param faults collects options of kinds that are not in use
     */
    public List<ContextInput> inputs(
            List<ContextInput> earlier, Path folder, ContextKinds kinds, Boolean forReference, Faults faults) {
        List<ContextInput> named = inputs.isEmpty()
                ? earlier
                : inputs.stream().map(input -> found(input, folder, kinds)).toList();
        Map<String, Map<String, Object>> byKind = KindOptions.byKind(
                "--context-option",
                options,
                named.stream().map(ContextInput::kind).toList(),
                faults);
        return named.stream()
                .map(input -> changed(input, byKind.getOrDefault(input.kind(), Map.of()), forReference))
                .toList();
    }

    private static ContextInput found(ContextInput input, Path folder, ContextKinds kinds) {
        return kinds.readsFile(input.kind())
                ? input.withInput(folder.resolve(input.input())
                        .toAbsolutePath()
                        .normalize()
                        .toString())
                : input;
    }

    /** Changed options may change the text, so the resolved text is dropped and the input is read again. */
    private static ContextInput changed(ContextInput input, Map<String, Object> given, Boolean forReference) {
        Map<String, Object> all = new LinkedHashMap<>(input.options());
        all.putAll(given);
        return new ContextInput(
                input.kind(),
                input.input(),
                all,
                forReference == null ? input.forReference() : forReference,
                input.sha256(),
                given.isEmpty() ? input.resolved() : null);
    }
}
