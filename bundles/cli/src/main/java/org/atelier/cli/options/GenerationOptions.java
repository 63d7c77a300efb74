package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import picocli.CommandLine.Option;

/** The sampling, and how the images attend to one another. */
final class GenerationOptions extends SamplingOptions {

    @Option(
            names = "--attention",
            paramLabel = "NAME",
            description = "How the images attend to one another: shared aligns their style with the reference, partial"
                    + " does so at some layers, full lets every image see all, none generates each alone."
                    + " Default: ${bundle:default.attention}.")
    private String attention;

    @Option(
            names = "--attention-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the attention; repeatable. An unknown key lists the known ones.")
    private Map<String, String> attentionOptions = new LinkedHashMap<>();

    /**
     * @param references says how strongly style is taken; the attention's options override it
     * @param presets say for which options a strength stands
     */
    void into(SetRequestBuilder request, ReferenceOptions references, StrengthPresets presets) {
        into(request);
        if (attention != null) {
            // Another strategy has other options: those of a request file were for its own.
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
