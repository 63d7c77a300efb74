package org.atelier.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;

/** A model's tokenizer, through Hugging Face's library: text to ids and back. Thread-safe until it is closed. */
public final class TextTokenizer implements AutoCloseable {

    /** Truncation and padding are left to the callers. */
    private static final Map<String, String> BARE =
            Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

    /** Embedding tables are rounded up to a multiple of 128, so a network may have up to this many more rows than tokens. */
    private static final int ROUNDING = 127;

    /** The number of required tokens that are checked, from the last: a single one may decode to no text. */
    private static final int LOOKED_AT = 8;

    private static final String REMEDY = " It is another model's, or was cut; fetch the model again.";

    private final Path file;
    private final HuggingFaceTokenizer tokens;
    private final int vocabulary;

    private TextTokenizer(Path file, HuggingFaceTokenizer tokens, int vocabulary) {
        this.file = file;
        this.tokens = tokens;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads the tokenizer of a network whose table may be rounded up.
     *
     * @param vocabulary the size of the network's vocabulary
     * @return to be closed by the caller
     * @throws AtelierException as {@link #of(OnnxModel, int, int)}
     */
    public static TextTokenizer of(OnnxModel model, int vocabulary) {
        return of(model, vocabulary, vocabulary - ROUNDING);
    }

    /**
     * Reads {@code tokenizer.json} or, where there is none, {@code vocab.txt}, the words of a BERT.
     *
     * @param vocabulary the size of the network's vocabulary
     * @param generated the number of tokens that the network may generate, from the first; the tokenizer must have them
     * @return to be closed by the caller
     * @throws AtelierException MODEL_INVALID naming the file if there is neither, or it makes no tokenizer, or one of more
     *     tokens than the vocabulary of the network has, or of fewer than it may generate
     */
    public static TextTokenizer of(OnnxModel model, int vocabulary, int generated) {
        Path whole = model.folder().resolve("tokenizer.json");
        Path words = model.folder().resolve("vocab.txt");
        if (Files.isRegularFile(whole)) {
            return new TextTokenizer(whole, load(whole, content(whole)), vocabulary).requireTokens(generated);
        }
        if (Files.isRegularFile(words)) {
            BertVocabulary bert = BertVocabulary.read(words);
            if (bert.size() > vocabulary) {
                throw Fault.in(
                        words,
                        "has " + bert.size() + " words, but the vocabulary of the network has only " + vocabulary + "."
                                + REMEDY);
            }
            if (bert.size() < generated) {
                throw Fault.in(
                        words, "has " + bert.size() + " words, but the network generates " + generated + "." + REMEDY);
            }
            byte[] json = bert.pipeline().toString().getBytes(StandardCharsets.UTF_8);
            return new TextTokenizer(words, load(words, json), vocabulary);
        }
        throw Fault.in(model.folder(), "has no tokenizer: neither tokenizer.json nor vocab.txt is there.");
    }

    /** Requires that the last of this many tokens exist. */
    private TextTokenizer requireTokens(int generated) {
        boolean known = generated <= 0
                || IntStream.range(Math.max(0, generated - LOOKED_AT), generated)
                        .anyMatch(id -> !tokens.decode(new long[] {id}, false).isEmpty());
        if (!known) {
            close();
            throw Fault.in(file, "has fewer tokens than the " + generated + " that the network generates." + REMEDY);
        }
        return this;
    }

    private static HuggingFaceTokenizer load(Path file, byte[] json) {
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), BARE);
        } catch (RuntimeException | IOException e) {
            throw Fault.in(file, "makes no tokenizer: " + e.getMessage() + ".", e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Fault.in(file, "cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * The ids of a text.
     *
     * @param special whether to put the tokens around it that the tokenizer puts around a text
     * @throws AtelierException MODEL_INVALID if one of them is not in the vocabulary of the network
     */
    public long[] encode(String text, boolean special) {
        long[] ids = tokens.encode(wellFormed(text), special, false).getIds();
        if (Arrays.stream(ids).anyMatch(id -> id >= vocabulary)) {
            throw Fault.in(file, "does not fit the network, whose vocabulary has only " + vocabulary + " tokens.");
        }
        return ids;
    }

    /** The text of ids, without special tokens. */
    public String decode(long... ids) {
        return ids.length == 0 ? "" : tokens.decode(ids, true);
    }

    /** Half a surrogate pair is no character, and native code cannot be handed one. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
