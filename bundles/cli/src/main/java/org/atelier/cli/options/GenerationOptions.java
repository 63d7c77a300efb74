package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;

/** The options of sampling and of attention between images. */
final class GenerationOptions extends AttentionOptions {

    /**
     * @param references has the strength; attention options override it
     * @param presets the attention options of each strength
     */
    void into(SetRequestBuilder request, ReferenceOptions references, StrengthPresets presets) {
        into(request);
        strategyInto(request);
        references.strengthInto(request, presets);
        optionsInto(request);
    }
}
