package org.atelier.api.set;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the images of a set share their style.
 *
 * @param attention name of an attention strategy; default {@code shared}
 * @param strength name of a preset of that strategy's options, such as {@code subtle}; {@code null}: none, as in a
 *     resolved request, whose options include those of the preset
 * @param attentionOptions the strategy's options by name, which override the preset: Boolean, Number, String or a List
 *     of them; absent options have their defaults
 * @param from fraction of the steps at which sharing starts, from 0; default 0
 * @param to fraction of the steps at which sharing ends, to 1; default 1
 */
public record StyleSharing(
        String attention, String strength, Map<String, Object> attentionOptions, double from, double to) {

    /** Every default. */
    public static final StyleSharing DEFAULT = new StyleSharing("shared", null, Map.of(), 0, 1);

    /** Makes defensive copies. */
    public StyleSharing {
        Objects.requireNonNull(attention, "attention");
        attentionOptions = OptionValues.copyOf(attentionOptions);
    }

    /** The attention options of one image: the set's, overridden by its own. */
    public Map<String, Object> attentionOptions(SetItem item) {
        Map<String, Object> options = new LinkedHashMap<>(attentionOptions);
        options.putAll(item.attentionOptions());
        return options;
    }
}
