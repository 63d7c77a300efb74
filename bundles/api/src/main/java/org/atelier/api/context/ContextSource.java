package org.atelier.api.context;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns one kind of input into text that is appended to a set's prompts. Each set has its own instance.
 *
 * <p>It is a Declarative Services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is. Its
 * {@link org.atelier.api.Plugins#NAME} is the kind of input that it reads: what a user writes before the {@code =} in
 * {@code --context calendar=today}.
 */
@ConsumerType
@FunctionalInterface
public interface ContextSource {

    /** The {@code component.factory} name of every context source. */
    String FACTORY = "org.atelier.context";

    /**
     * Turns an input into text.
     *
     * @param input what the user gave, such as a place or a date. If {@link org.atelier.api.Plugins#INPUT} declares
     *     files, the absolute path of a copy with the same file name, which does not change until the set's inputs are
     *     read. In errors that name the copy, the user sees the path of the original file
     * @param listener receives the progress; may cancel
     * @return the text; empty if there is nothing to say
     * @throws AtelierException {@code INPUT_UNREADABLE} if the input is not of this kind, {@code MODEL_NOT_FOUND} with
     *     the command that fetches a missing model, {@code CANCELLED} if the listener cancels
     */
    ContextText read(String input, ReadingListener listener);

    /**
     * Checks what can be checked without reading the input, such as a missing file or a missing model. It is called for
     * every input of a set before the first is read.
     *
     * @throws AtelierException as {@link #read}
     */
    default void check(String input) {}
}
