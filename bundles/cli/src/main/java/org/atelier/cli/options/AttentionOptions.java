package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options of sampling, and the attention strategy. */
public class AttentionOptions extends SamplingOptions {

    @Option(
            names = "--attention",
            paramLabel = "NAME",
            description = "The attention strategy, which decides how the images of a set share their style;"
                    + " \"atelier plugins\" lists all. Default: ${bundle:default.attention}.")
    private String attention;

    @Option(
            names = "--attention-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the attention strategy; repeatable. An unknown key lists the available ones.")
    private Map<String, String> attentionOptions = new LinkedHashMap<>();

    /** Sets the attention strategy, if one is given. */
    public final void strategyInto(SetRequestBuilder request) {
        if (attention != null) {
            // The options of the request file belong to the strategy it names, not to this one.
            request.attention(attention)
                    .strength(null)
                    .attentionOptions(Map.of())
                    .items(request.build().items().stream()
                            .map(AttentionOptions::withoutOptions)
                            .toList());
        }
    }

    /** Sets the given options of the attention strategy. */
    public final void optionsInto(SetRequestBuilder request) {
        attentionOptions.forEach(request::attentionOption);
    }

    private static SetItem withoutOptions(SetItem item) {
        return new SetItem(item.prompt(), item.seed(), item.width(), item.height(), Map.of());
    }
}
