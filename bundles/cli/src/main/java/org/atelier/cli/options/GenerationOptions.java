package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import picocli.CommandLine.Option;

/** The options of sampling and of attention between images. */
final class GenerationOptions extends SamplingOptions {

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

    /**
     * @param references has the strength; attention options override it
     * @param presets the attention options of each strength
     */
    void into(SetRequestBuilder request, ReferenceOptions references, StrengthPresets presets) {
        into(request);
        if (attention != null) {
            // The options of the request file belong to the strategy it names, not to this one.
            request.attention(attention)
                    .strength(null)
                    .attentionOptions(Map.of())
                    .items(request.build().items().stream()
                            .map(GenerationOptions::withoutOptions)
                            .toList());
        }
        references.strengthInto(request, presets);
        attentionOptions.forEach(request::attentionOption);
    }

    private static SetItem withoutOptions(SetItem item) {
        return new SetItem(item.prompt(), item.seed(), item.width(), item.height(), Map.of());
    }
}
