package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options of context inputs of a set. */
final class SetContextOptions extends ContextOptions {

    /** The prompts that the text is added to. */
    enum For {
        set,
        reference
    }

    @Option(
            names = "--context-for",
            paramLabel = "TARGET",
            description = "The prompts that the text is added to, after the style: set or reference. Default: set.")
    private For contextFor;

    @Option(
            names = "--summary",
            paramLabel = "WHEN",
            description = "Whether the text is summarised: auto, always or never. auto summarises if a prompt would"
                    + " exceed the model's token limit. Default: ${bundle:default.summary}.")
    private String summary;

    /**
     * @param folder the folder against which relative names are resolved
     * @param kinds tells which inputs are file names
     * @param faults collects options that do not go together
     */
    void into(SetRequestBuilder request, SetRequest earlier, Path folder, ContextKinds kinds, Faults faults) {
        Boolean forReference = contextFor == null ? null : Boolean.valueOf(contextFor == For.reference);
        List<ContextInput> inputs = inputs(earlier.contexts().inputs(), folder, kinds, forReference, faults);
        faults.require(
                contextFor == null || !inputs.isEmpty(),
                "--context-for requires a context, such as --picture; omit it.");
        request.contexts(inputs);
        if (summary != null || !inputs.equals(earlier.contexts().inputs())) {
            String when = summary == null ? earlier.contexts().summary().when() : summary;
            request.summary(ContextSummary.of(when));
        }
    }
}
