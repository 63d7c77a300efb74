package org.atelier.models.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/** CLIP's byte-pair encoding through Hugging Face's tokenizers library. */
public final class ClipTokenizer implements PromptTokenizer {

    private static final int CLIP_LENGTH = 77;
    private static final int LONGEST = 4096;
    /** Begin, end and padding are put in place here, where what is cut can be told. */
    private static final Map<String, String> BARE =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer words;
    private final int length;
    private final long begin;
    private final long end;
    private final long pad;

    private ClipTokenizer(Path folder, HuggingFaceTokenizer words, int length, SpecialTokens special) {
        this.words = words;
        this.length = length;
        this.begin = id(folder, special.begin());
        this.end = id(folder, special.end());
        this.pad = id(folder, special.pad());
    }

    /**
     * @param folder has the tokenizer's files
     * @param configuration its {@code tokenizer_config.json}
     * @param embeddings how many ids the text model has an embedding for
     */
    public static ClipTokenizer in(Path folder, Settings configuration, int embeddings) {
        Vocabulary vocabulary = Vocabulary.in(folder);
        SpecialTokens special = SpecialTokens.in(folder, configuration, vocabulary.added());
        JsonObject pipeline = ClipPipeline.of(vocabulary, special);
        if (ClipPipeline.largestId(pipeline) >= embeddings) {
            throw ModelFaults.in(
                    folder,
                    "has ids up to " + ClipPipeline.largestId(pipeline) + ", but its text encoder knows only "
                            + embeddings + ".");
        }
        HuggingFaceTokenizer words = load(folder, pipeline);
        try {
            return new ClipTokenizer(folder, words, length(configuration), special);
        } catch (RuntimeException e) {
            words.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer load(Path folder, JsonObject pipeline) {
        try {
            byte[] json = pipeline.toString().getBytes(StandardCharsets.UTF_8);
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), BARE);
        } catch (RuntimeException | IOException e) {
            throw ModelFaults.in(folder, "its files make no tokenizer: " + e.getMessage() + ".", e);
        }
    }

    /** Some writers put 10^30 where they mean that there is no limit; CLIP always has one. */
    private static int length(Settings configuration) {
        double length = configuration.number("model_max_length", CLIP_LENGTH);
        if (length > LONGEST) {
            return CLIP_LENGTH;
        }
        if (length < 3) {
            throw ModelFaults.in(configuration.file(), "model_max_length = " + length + " leaves no room for a word.");
        }
        return (int) length;
    }

    private long id(Path folder, String token) {
        long[] ids = words.encode(token).getIds();
        if (ids.length != 1) {
            throw ModelFaults.in(folder, "the vocabulary has no token " + token + ".");
        }
        return ids[0];
    }

    @Override
    public Tokens encode(String text) {
        Encoding encoding = words.encode(wellFormed(text));
        long[] tokens = encoding.getIds();
        int kept = Math.min(tokens.length, length - 2);
        long[] ids = new long[length];
        Arrays.fill(ids, pad);
        ids[0] = begin;
        System.arraycopy(tokens, 0, ids, 1, kept);
        ids[kept + 1] = end;
        return new Tokens(ids, kept < tokens.length ? from(text, encoding, kept) : "");
    }

    @Override
    public List<Integer> positions(String text, String word) {
        long[] sought = words.encode(wellFormed(word)).getIds();
        Encoding encoding = words.encode(wellFormed(text));
        long[] tokens = encoding.getIds();
        int kept = Math.min(tokens.length, length - 2);
        NavigableSet<Integer> positions = new TreeSet<>();
        for (int first = 0; sought.length > 0 && first + sought.length <= kept; first++) {
            int end = first + sought.length;
            if (Arrays.equals(tokens, first, end, sought, 0, sought.length)
                    && isBorder(encoding, first)
                    && isBorder(encoding, end)) {
                // The first place is that of the begin token.
                IntStream.range(first + 1, end + 1).forEach(positions::add);
            }
        }
        return List.copyOf(positions);
    }

    /** Whether no word has tokens on both sides of a place. */
    private static boolean isBorder(Encoding encoding, int place) {
        long[] words = encoding.getWordIds();
        return place == 0 || place == words.length || words[place - 1] != words[place];
    }

    /** The text from the word on that the token is of; positions are in code points. */
    private static String from(String text, Encoding encoding, int token) {
        long[] words = encoding.getWordIds();
        int first = token;
        while (first > 0 && words[first - 1] == words[token]) {
            first--;
        }
        int start = encoding.getCharTokenSpans()[first].getStart();
        return text.substring(text.offsetByCodePoints(0, start)).strip();
    }

    /** Half a surrogate pair is no character, and native code cannot be handed one. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    @Override
    public void close() {
        words.close();
    }
}
