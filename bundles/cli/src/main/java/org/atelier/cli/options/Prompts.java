package org.atelier.cli.options;

import java.util.List;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Parameters;

/** The prompts. */
public final class Prompts {

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "The text of an image; one image is generated for each. Without --reference the first"
                    + " image is the reference: the others take their style from it.")
    private List<String> prompts;

    public void into(SetRequestBuilder request) {
        if (prompts != null) {
            request.prompts(prompts);
        }
    }
}
