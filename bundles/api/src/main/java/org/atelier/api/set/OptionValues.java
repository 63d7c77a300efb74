package org.atelier.api.set;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a plugin by name: Boolean, Number, String or a List of them, in the user's order. */
final class OptionValues {

    private OptionValues() {}

    /** An immutable copy in the same order. */
    static Map<String, Object> copyOf(Map<String, Object> options) {
        Map<String, Object> copy = new LinkedHashMap<>(options);
        copy.replaceAll((name, value) -> value instanceof List<?> several ? List.copyOf(several) : value);
        return Collections.unmodifiableMap(copy);
    }
}
