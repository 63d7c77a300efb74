package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.StrengthPresets;

/**
 * What the reader of one value may ask besides the value.
 *
 * @param files finds the files that the request names
 * @param presets say which strengths an attention has
 * @param attention name of the request's attention
 * @param siblings the members of the object that the value belongs to, by key
 */
record ReadScope(NamedFiles files, StrengthPresets presets, String attention, Map<String, RequestNode> siblings) {

    /** The same for the members of an object. */
    ReadScope within(Map<String, RequestNode> members) {
        return new ReadScope(files, presets, attention, members);
    }

    boolean has(String sibling) {
        return siblings.containsKey(sibling);
    }

    /** Refuses a strength that the attention does not have. What an attention that is not here has, nobody knows. */
    String strength(RequestNode node) {
        String strength = node.text();
        List<String> known = presets.strengths(attention);
        if (!known.isEmpty() && !known.contains(strength)) {
            throw node.fault("there is no strength '%s'; known are %s".formatted(strength, String.join(", ", known)));
        }
        return strength;
    }
}
