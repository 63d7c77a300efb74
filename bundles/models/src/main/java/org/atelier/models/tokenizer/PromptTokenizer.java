package org.atelier.models.tokenizer;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Text to the ids that a CLIP text model takes, equal to the id to transformers' CLIPTokenizer. Thread-safe until it is closed. */
@ProviderType
public interface PromptTokenizer extends AutoCloseable {

    /**
     * Encodes a prompt: begin, the words, end, then padding with the tokenizer's own pad token up to the model's length. A longer prompt loses
     * its last tokens; its end token stays last.
     *
     * @param text may be empty
     */
    Tokens encode(String text);

    /**
     * Finds a word, or several that follow one another, among the tokens of a prompt.
     *
     * @return places in the {@linkplain Tokens#ids ids} of the prompt, rising; of all tokens of the word, and of all
     *     places where it stands whole; empty if it does not, or only where the prompt is cut
     */
    List<Integer> positions(String text, String word);

    @Override
    void close();

    /**
     * An encoded prompt.
     *
     * @param ids as many as the tokenizer's {@code model_max_length}
     * @param cut the end of the text, from the first word that does not fit whole; mostly empty
     */
    @SuppressWarnings("ArrayRecordComponent") // an array is what NDManager.create takes
    record Tokens(long[] ids, String cut) {}
}
