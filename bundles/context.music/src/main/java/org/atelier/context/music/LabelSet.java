package org.atelier.context.music;

import java.util.List;

/**
 * Mutually exclusive labels, the best of which is used.
 *
 * @param name what the labels describe: {@code mood}
 * @param labels at least one
 */
record LabelSet(String name, List<Label> labels) {

    /**
     * A label that may describe music.
     *
     * @param text the displayed text: {@code happy}
     * @param prompt the input of the text encoder: {@code This is a happy song}
     * @param phrase the text added to a prompt: {@code energetic mood}; empty for none
     */
    record Label(String text, String prompt, String phrase) {}

    /** Makes defensive copies. */
    LabelSet {
        labels = List.copyOf(labels);
    }

    /** The inputs of the text encoder. */
    List<String> prompts() {
        return labels.stream().map(Label::prompt).toList();
    }
}
