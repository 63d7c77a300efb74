package org.atelier.diffusion.attention;

import java.util.List;

/** Finds words in prompts. */
@FunctionalInterface
public interface WordLocator {

    /**
     * Where in a prompt, as the network is given it, a word stands.
     *
     * @return places of its tokens, of all where it stands more than once; empty if the prompt does not have it
     */
    List<Integer> positions(String prompt, String word);
}
