package org.atelier.requests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.text.ClosestMatch;

/**
 * The keys that an object of a request may have.
 *
 * @param owner what the object is: {@code a request}
 * @param names in the order in which messages list them
 */
record RequestKeys(String owner, List<String> names) {

    /** What a key was called before. */
    private static final Map<String, String> EARLIER = Map.of("prompts", "items");

    /** Refuses what is none of them. */
    void check(RequestNode object) {
        object.members().forEach((key, member) -> {
            if (!names.contains(key)) {
                throw member.fault("unknown key; " + meant(key) + owner + " has " + String.join(", ", names));
            }
        });
    }

    private String meant(String key) {
        return Optional.ofNullable(EARLIER.get(key))
                .filter(names::contains)
                .or(() -> ClosestMatch.OF_NAMES.of(key, names))
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
    }
}
