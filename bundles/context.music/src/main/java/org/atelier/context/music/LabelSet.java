package org.atelier.context.music;

import java.util.List;

/**
 * Labels that exclude one another, the best of which is said.
 *
 * @param name what the labels tell: {@code mood}
 * @param labels at least one
 */
record LabelSet(String name, List<Label> labels) {

    /**
     * A word that music may be near to.
     *
     * @param text as it is printed: {@code happy}
     * @param prompt what the model compares: {@code This is a happy song}
     * @param phrase what joins a prompt: {@code energetic mood}; empty for nothing
     */
    record Label(String text, String prompt, String phrase) {}

    /** Makes defensive copies. */
    LabelSet {
        labels = List.copyOf(labels);
    }

    /** What the model compares. */
    List<String> prompts() {
        return labels.stream().map(Label::prompt).toList();
    }
}
