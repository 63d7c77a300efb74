package org.atelier.api.set;

import java.util.Map;
import java.util.Objects;

/**
 * One image of a set: what it shows, and what it has of its own.
 *
 * @param prompt what it shows; the set's style is appended
 * @param seed of its noise; open: the set's seed + the image's number
 * @param width pixels, a multiple of the model's factor; open: the set's
 * @param height pixels, a multiple of the model's factor; open: the set's
 * @param strength name of a preset of the attention's options for this image; {@code null} for none, as in a resolved
 *     request
 * @param attentionOptions options of the attention that are other than the set's for this image alone; default none
 */
public record SetItem(
        String prompt,
        Long seed,
        Integer width,
        Integer height,
        String strength,
        Map<String, Object> attentionOptions) {

    /** Copies what could be changed from outside. */
    public SetItem {
        Objects.requireNonNull(prompt, "prompt");
        attentionOptions = OptionValues.copyOf(attentionOptions);
    }

    /** An image without a strength of its own. */
    public SetItem(String prompt, Long seed, Integer width, Integer height, Map<String, Object> attentionOptions) {
        this(prompt, seed, width, height, null, attentionOptions);
    }

    /** An image that has nothing of its own but its prompt. */
    public static SetItem of(String prompt) {
        return new SetItem(prompt, null, null, null, Map.of());
    }

    /** Whether all but the prompt is the set's own. */
    public boolean isPromptOnly() {
        return seed == null && width == null && height == null && strength == null && attentionOptions.isEmpty();
    }
}
