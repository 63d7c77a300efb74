package org.atelier.api.context;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Puts one kind of input into words that join a set's prompts; one instance reads the inputs of one set.
 *
 * <p>A declarative services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is. Its
 * {@link org.atelier.api.Plugins#NAME} is the kind of input that it reads, what a user writes before the {@code =} of
 * {@code --context calendar=today}.
 */
@ConsumerType
@FunctionalInterface
public interface ContextSource {

    /** The {@code component.factory} name of every context source. */
    String FACTORY = "org.atelier.context";

    /**
     * Puts an input into words.
     *
     * @param input what the user gave: a place, a day, whatever this kind reads. Where the kind says by {@link
     *     org.atelier.api.Plugins#INPUT} that it reads files, the absolute path of a copy with the file's own name: it
     *     stays as it is until the set is read, whatever becomes of the file. A user sees errors that name it with the
     *     path of the file
     * @param listener told how far the reading is; says when to stop
     * @return the words; their text is empty where there is nothing to say
     * @throws AtelierException {@code INPUT_UNREADABLE} for an input that is not of this kind, {@code MODEL_NOT_FOUND}
     *     naming the command that gets a missing model, {@code CANCELLED} when the listener said so
     */
    ContextText read(String input, ReadingListener listener);

    /**
     * Refuses what {@link #read} would refuse, as far as that can be told without reading: a file that is not there, a
     * model that is missing. Asked of every input of a set before the first is read.
     *
     * @throws AtelierException as {@link #read}
     */
    default void check(String input) {}
}
