package org.atelier.models.tokenizer;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Converts text to the token ids of a CLIP text model, identical to CLIPTokenizer of transformers. Thread-safe until
 * closed.
 */
@ProviderType
public interface PromptTokenizer extends AutoCloseable {

    /**
     * Encodes a prompt: begin token, text, end token, padding to the model length. A longer prompt is truncated before
     * the end token.
     *
     * @param text may be empty
     */
    Tokens encode(String text);

    /**
     * Finds a word or phrase among the tokens of a prompt.
     *
     * @return ascending positions in the {@linkplain Tokens#ids ids} of all tokens of all whole-word occurrences; empty
     *     if there is none before the truncation
     */
    List<Integer> positions(String text, String word);

    @Override
    void close();

    /**
     * An encoded prompt.
     *
     * @param ids token ids, {@code model_max_length} of them
     * @param cut truncated text, from the first word that does not fit completely; usually empty
     */
    @SuppressWarnings("ArrayRecordComponent") // an array is what NDManager.create takes
    record Tokens(long[] ids, String cut) {}
}
