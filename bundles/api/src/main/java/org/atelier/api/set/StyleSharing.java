package org.atelier.api.set;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the images of a set share their style.
 *
 * @param attention name of an attention strategy; default {@code shared}
 * @param strength name of a preset of that strategy's options, such as {@code subtle}; {@code null} for none, as in a
 *     resolved request, whose options hold what the preset stands for
 * @param attentionOptions the strategy's options by name, which override the preset: Boolean, Number, String or a List
 *     of them; what is absent has its default
 * @param from the first step in which style is shared, as a fraction of all steps, from 0; default 0
 * @param to the first step in which it no longer is, as a fraction of all steps, to 1; default 1
 */
public record StyleSharing(
        String attention, String strength, Map<String, Object> attentionOptions, double from, double to) {

    /** Every default. */
    public static final StyleSharing DEFAULT = new StyleSharing("shared", null, Map.of(), 0, 1);

    /** Copies what could be changed from outside. */
    public StyleSharing {
        Objects.requireNonNull(attention, "attention");
        attentionOptions = OptionValues.copyOf(attentionOptions);
    }

    /** The options of the attention for one image: its own, over the set's. */
    public Map<String, Object> attentionOptions(SetItem item) {
        Map<String, Object> options = new LinkedHashMap<>(attentionOptions);
        options.putAll(item.attentionOptions());
        return options;
    }
}
