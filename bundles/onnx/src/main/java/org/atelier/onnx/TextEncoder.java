package org.atelier.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/** The text half of a CLIP: text to embedding. Usable until the lease of its model is closed; to be closed itself. */
public final class TextEncoder implements AutoCloseable {

    private static final String EMBEDDING = "text_embeds";
    private static final String PIXELS = "pixel_values";

    /** CLIP's. */
    private static final int DEFAULT_LENGTH = 77;

    /** The side of an image that a graph of images and texts takes of any size. */
    private static final int BLANK_SIDE = 224;

    private final Graph graph;
    private final TextTokenizer tokenizer;
    private final int length;

    private TextEncoder(Graph graph, TextTokenizer tokenizer, int length) {
        this.graph = graph;
        this.tokenizer = tokenizer;
        this.length = length;
    }

    /**
     * An encoder with the tokenizer of the folder.
     *
     * @param graph its name, as for {@link OnnxModel#graph}; it takes {@code input_ids} and gives {@code text_embeds}
     * @throws AtelierException MODEL_INVALID naming the file if a file is missing or does not fit
     */
    public static TextEncoder of(OnnxModel model, String graph) {
        Graph network = model.graph(graph);
        network.require(List.of(TextInputs.IDS), List.of(EMBEDDING));
        Path config = model.folder().resolve("config.json");
        int vocabulary = Integer.MAX_VALUE;
        int length = DEFAULT_LENGTH;
        if (Files.isRegularFile(config)) {
            Settings settings = Settings.read(config);
            Settings text = settings.isObject("text_config") ? settings.object("text_config") : settings;
            vocabulary = text.integer("vocab_size", vocabulary);
            length = text.integer("max_position_embeddings", length);
        }
        return new TextEncoder(network, TextTokenizer.of(model, vocabulary, 0), length);
    }

    /** The embedding of a text, of which only as many tokens count as the network has positions. */
    public Embedding embed(String text) {
        long[] ids = fitting(tokenizer.encode(text, true));
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        long fixed = graph.shape(TextInputs.IDS)[1];
        int padded = (int) Math.max(fixed, ids.length);
        Map<String, Tensor> given = new HashMap<>();
        try {
            given.put(TextInputs.IDS, Tensor.longs(padded(ids, padded), 1, padded));
            if (graph.inputs().contains(TextInputs.MASK)) {
                given.put(TextInputs.MASK, Tensor.longs(Arrays.copyOf(mask, padded), 1, padded));
            }
            if (graph.inputs().contains(PIXELS)) {
                given.put(PIXELS, blankImage());
            }
            try (Outputs outputs = graph.run(given, List.of(EMBEDDING))) {
                return Embedding.of(outputs.get(EMBEDDING).floats());
            }
        } finally {
            given.values().forEach(Tensor::close);
        }
    }

    /** Cut as by transformers: the last token, which ends a text, stays. */
    private long[] fitting(long... ids) {
        if (ids.length <= length) {
            return ids;
        }
        long[] cut = Arrays.copyOf(ids, length);
        cut[length - 1] = ids[ids.length - 1];
        return cut;
    }

    /** Filled with the token that ends the text, as CLIP's tokenizer fills; behind the first one, none of them counts. */
    private static long[] padded(long[] ids, int length) {
        long[] padded = Arrays.copyOf(ids, length);
        Arrays.fill(padded, ids.length, length, ids[ids.length - 1]);
        return padded;
    }

    private Tensor blankImage() {
        long[] shape = graph.shape(PIXELS);
        int height = side(shape[2]);
        int width = side(shape[3]);
        return Tensor.floats(new float[3 * height * width], 1, 3, height, width);
    }

    private static int side(long side) {
        return side > 0 ? (int) side : BLANK_SIDE;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
