package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** What is put into words for a set, and where the words go. */
final class SetContextOptions extends ContextOptions {

    /** Whose prompts the words join. */
    enum For {
        set,
        reference
    }

    @Option(
            names = "--context-for",
            paramLabel = "WHOM",
            description = "set or reference: whose prompts the words join, after the style. Default: set.")
    private For contextFor;

    @Option(
            names = "--summary",
            paramLabel = "WHEN",
            description =
                    "auto, always or never: whether the words are summarized. Default: ${bundle:default.summary}. auto"
                            + " summarizes where a prompt would be longer than the model reads.")
    private String summary;

    /**
     * @param folder that names of files start from
     * @param kinds say which inputs are names of files
     */
    void into(SetRequestBuilder request, SetRequest earlier, Path folder, ContextKinds kinds) {
        Boolean forReference = contextFor == null ? null : Boolean.valueOf(contextFor == For.reference);
        List<ContextInput> inputs = inputs(earlier.contexts().inputs(), folder, kinds, forReference);
        request.contexts(inputs);
        if (summary != null || !inputs.equals(earlier.contexts().inputs())) {
            String when = summary == null ? earlier.contexts().summary().when() : summary;
            request.summary(ContextSummary.of(when));
        }
    }
}
