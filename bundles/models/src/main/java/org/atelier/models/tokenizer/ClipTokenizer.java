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
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/** The byte-pair encoding of CLIP with the tokenizers library of Hugging Face. */
public final class ClipTokenizer implements PromptTokenizer {

    private static final int CLIP_LENGTH = 77;
    private static final int MAX_LENGTH = 4096;
    /** Special tokens, truncation and padding are applied in this class, which reports the truncated text. */
    private static final Map<String, String> OPTIONS =
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
     * @param folder folder of the vocabulary
     * @param configuration its {@code tokenizer_config.json}
     * @param embeddings vocabulary size of the text model
     */
    public static ClipTokenizer in(Path folder, Settings configuration, int embeddings) {
        Files files = Files.read(folder, configuration, embeddings);
        HuggingFaceTokenizer words = load(folder, files.pipeline);
        try {
            return new ClipTokenizer(folder, words, files.length, files.special);
        } catch (RuntimeException e) {
            words.close();
            throw e;
        }
    }

    /**
     * Reads and checks the files as {@link #in} does, without the native library.
     *
     * @throws org.atelier.api.AtelierException MODEL_INVALID when they make no tokenizer
     */
    public static void check(Path folder, Settings configuration, int embeddings) {
        Files.read(folder, configuration, embeddings);
    }

    /** What the files say. */
    private record Files(JsonObject pipeline, SpecialTokens special, int length) {

        private static AtelierException invalid(Path folder, String why) {
            return ModelFaults.in(folder, "the files are not a valid tokenizer: " + why + "; fetch the model again.");
        }

        static Files read(Path folder, Settings configuration, int embeddings) {
            Vocabulary vocabulary = Vocabulary.in(folder);
            Path described = configuration.file().toAbsolutePath().getParent();
            SpecialTokens special = SpecialTokens.in(described, configuration, vocabulary.added());
            JsonObject pipeline = ClipPipeline.of(vocabulary, special);
            int largest = ClipPipeline.largestId(pipeline);
            if (largest >= embeddings) {
                throw ModelFaults.in(
                        folder,
                        "has token ids up to " + largest + ", but the vocabulary size of its text encoder is "
                                + embeddings + ".");
            }
            if (vocabulary.merges().isEmpty()) {
                throw invalid(folder, "it has no merges");
            }
            vocabulary.unknownMerge().ifPresent(merge -> {
                throw invalid(folder, "the merge " + Settings.format(merge) + " is not two tokens of its vocabulary");
            });
            return new Files(pipeline, special, ClipTokenizer.length(configuration));
        }
    }

    private static HuggingFaceTokenizer load(Path folder, JsonObject pipeline) {
        try {
            byte[] json = pipeline.toString().getBytes(StandardCharsets.UTF_8);
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
        } catch (RuntimeException | IOException e) {
            throw ModelFaults.in(folder, "its files are not a valid tokenizer: " + e.getMessage() + ".", e);
        }
    }

    /** Some writers use 10^30 for no limit; CLIP always has one. */
    private static int length(Settings configuration) {
        double length = configuration.number("model_max_length", CLIP_LENGTH);
        if (length > MAX_LENGTH) {
            return CLIP_LENGTH;
        }
        if (length < 3) {
            throw ModelFaults.in(configuration.file(), "model_max_length = " + length + " must be at least 3.");
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
        long[] wordTokens = words.encode(wellFormed(word)).getIds();
        Encoding encoding = words.encode(wellFormed(text));
        long[] tokens = encoding.getIds();
        int kept = Math.min(tokens.length, length - 2);
        NavigableSet<Integer> positions = new TreeSet<>();
        for (int first = 0; wordTokens.length > 0 && first + wordTokens.length <= kept; first++) {
            int end = first + wordTokens.length;
            if (Arrays.equals(tokens, first, end, wordTokens, 0, wordTokens.length)
                    && isWordBoundary(encoding, first)
                    && isWordBoundary(encoding, end)) {
                // Position 0 is the begin token.
                IntStream.range(first + 1, end + 1).forEach(positions::add);
            }
        }
        return List.copyOf(positions);
    }

    /** Whether a position is a word boundary. */
    private static boolean isWordBoundary(Encoding encoding, int position) {
        long[] words = encoding.getWordIds();
        return position == 0 || position == words.length || words[position - 1] != words[position];
    }

    /** The text from the word of a token on; spans are in code points. */
    private static String from(String text, Encoding encoding, int token) {
        long[] words = encoding.getWordIds();
        int first = token;
        while (first > 0 && words[first - 1] == words[token]) {
            first--;
        }
        int start = encoding.getCharTokenSpans()[first].getStart();
        return text.substring(text.offsetByCodePoints(0, start)).strip();
    }

    /** Replaces unpaired surrogates, which native code rejects. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    @Override
    public void close() {
        words.close();
    }
}
