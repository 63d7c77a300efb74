package org.atelier.requests;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that an object of a request may have.
 *
 * @param owner what the object is: {@code a request}
 * @param names in the order in which a user is told them
 */
record RequestKeys(String owner, List<String> names) {

    static final RequestKeys OF_REQUEST = new RequestKeys(
            "a request",
            List.of(
                    "schemaVersion",
                    "model",
                    "items",
                    "style",
                    "negativePrompt",
                    "seed",
                    "steps",
                    "cfgScale",
                    "sampler",
                    "width",
                    "height",
                    "attention",
                    "strength",
                    "attentionOptions",
                    "references",
                    "contexts",
                    "summary",
                    "controls",
                    "controlGuess",
                    "controlReference",
                    "controlWords",
                    "blend",
                    "blendOptions",
                    "inversionSteps",
                    "inversionCfg",
                    "inversionOffset",
                    "card",
                    "styleFrom",
                    "styleTo",
                    "chunk",
                    "dtype",
                    "device",
                    "metadata"));
    static final RequestKeys OF_ITEM =
            new RequestKeys("an item", List.of("prompt", "seed", "width", "height", "strength", "attentionOptions"));
    static final RequestKeys OF_REFERENCE =
            new RequestKeys("a reference", List.of("file", "prompt", "weight", "sha256", "said"));
    static final RequestKeys OF_CONTEXT =
            new RequestKeys("a context", List.of("kind", "input", "options", "forReference", "said"));
    static final RequestKeys OF_SUMMARY = new RequestKeys("a summary", List.of("when", "said", "saidOfReferences"));
    static final RequestKeys OF_CONTROL = new RequestKeys(
            "a control", List.of("kind", "file", "sha256", "options", "model", "scale", "start", "end"));
    static final RequestKeys OF_WORDS =
            new RequestKeys("what was said", List.of("text", "origin", "confidence", "parts"));
    static final RequestKeys OF_PART = new RequestKeys("a part of it", List.of("name", "text", "confidence"));

    static final RequestKeys OF_CARD = new RequestKeys("a card", List.of("file", "sha256"));

    /** Further away than that, a name was meant for something else. */
    private static final int CLOSE = 2;

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
        return names.stream()
                .filter(name -> distance(name, key) <= CLOSE)
                .min(Comparator.comparingInt(name -> distance(name, key)))
                .or(() -> Optional.ofNullable(EARLIER.get(key)).filter(names::contains))
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
    }

    /** How many letters to insert, leave out or change. Levenshtein 1966. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
