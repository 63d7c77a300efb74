package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.StrengthPresets;
import org.atelier.requests.tree.RequestNode;

/**
 * The context in which a value is read.
 *
 * @param files resolves the file names in the request
 * @param presets the strengths of attention strategies
 * @param attention name of the request's attention
 * @param siblings the members of the object that the value belongs to, by key
 */
record ReadScope(FileResolver files, StrengthPresets presets, String attention, Map<String, RequestNode> siblings) {

    /** The scope of an object's members. */
    ReadScope within(Map<String, RequestNode> members) {
        return new ReadScope(files, presets, attention, members);
    }

    boolean has(String sibling) {
        return siblings.containsKey(sibling);
    }

    /**
     * Reads a strength and rejects one that the attention does not have. Any strength is accepted for an attention that
     * is not installed.
     */
    String strength(RequestNode node) {
        String strength = node.text();
        List<String> known = presets.strengths(attention);
        if (!known.isEmpty() && !known.contains(strength)) {
            throw node.fault("there is no strength '%s'; available: %s".formatted(strength, String.join(", ", known)));
        }
        return strength;
    }
}
