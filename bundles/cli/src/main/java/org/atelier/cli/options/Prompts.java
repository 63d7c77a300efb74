package org.atelier.cli.options;

import java.util.List;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Parameters;

/** What is to be seen. */
final class Prompts {

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "What an image shows; one image for each. Without --reference the first is the reference:"
                    + " the others take their style from it.")
    private List<String> prompts;

    void into(SetRequestBuilder request) {
        if (prompts != null) {
            request.prompts(prompts);
        }
    }
}
