package org.atelier.api.set;

import java.util.Map;
import java.util.Objects;

/**
 * One image of a set: its prompt and its own settings.
 *
 * @param prompt what it shows; the set's style is appended
 * @param seed of its noise; {@code null}: the set's seed + the image's number
 * @param width in pixels, a multiple of the model's factor; {@code null}: the set's
 * @param height in pixels, a multiple of the model's factor; {@code null}: the set's
 * @param strength name of a preset of the attention's options for this image; {@code null}: none, as in a resolved
 *     request
 * @param attentionOptions options of the attention that override the set's for this image; default none
 */
public record SetItem(
        String prompt,
        Long seed,
        Integer width,
        Integer height,
        String strength,
        Map<String, Object> attentionOptions) {

    /** Makes defensive copies. */
    public SetItem {
        Objects.requireNonNull(prompt, "prompt");
        attentionOptions = OptionValues.copyOf(attentionOptions);
    }

    /** An image without its own strength. */
    public SetItem(String prompt, Long seed, Integer width, Integer height, Map<String, Object> attentionOptions) {
        this(prompt, seed, width, height, null, attentionOptions);
    }

    /** An image with a prompt and the set's settings. */
    public static SetItem of(String prompt) {
        return new SetItem(prompt, null, null, null, Map.of());
    }

    /** Whether it has no settings of its own except the prompt. */
    public boolean isPromptOnly() {
        return seed == null && width == null && height == null && strength == null && attentionOptions.isEmpty();
    }
}
