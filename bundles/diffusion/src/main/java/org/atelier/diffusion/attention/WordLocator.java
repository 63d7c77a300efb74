package org.atelier.diffusion.attention;

import java.util.List;

/** Locates the tokens of a word in a prompt. */
@FunctionalInterface
public interface WordLocator {

    /**
     * Finds a word among the tokens of a prompt.
     *
     * @return token positions of every occurrence; empty if the prompt does not contain the word
     */
    List<Integer> positions(String prompt, String word);
}
