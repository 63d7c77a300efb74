package org.atelier.requests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.requests.tree.RequestNode;
import org.atelier.text.ClosestMatch;

/**
 * The keys that an object of a request may have.
 *
 * @param owner title of the object: {@code a request}
 * @param names in the order in which messages list them
 */
record RequestKeys(String owner, List<String> names) {

    /** Current keys by their earlier names. */
    private static final Map<String, String> EARLIER = Map.of("prompts", "items");

    /** Rejects unknown keys. */
    void check(RequestNode object) {
        object.members().forEach((key, member) -> {
            if (!names.contains(key)) {
                throw member.fault("unknown key; " + suggestion(key) + owner + " has " + String.join(", ", names));
            }
        });
    }

    private String suggestion(String key) {
        return Optional.ofNullable(EARLIER.get(key))
                .filter(names::contains)
                .or(() -> ClosestMatch.OF_NAMES.of(key, names))
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
    }
}
