package org.atelier.it.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtEnvironment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Uses every engine of the library bundle, as a bundle does that knows nothing of class loaders. */
public final class EnginesProbe implements Callable<List<String>> {

    private static final String WORDS = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"a": 0, "house": 1, "?": 2}, "unk_token": "?"}}
            """;

    @Override
    public List<String> call() throws Exception {
        return List.of(sum(), Engine.getEngine("OnnxRuntime").getEngineName(), onnxVersion(), ids());
    }

    private static String sum() {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Engine.getInstance().getEngineName() + " "
                    + manager.ones(new Shape(2, 3), DataType.FLOAT32).sum().getFloat();
        }
    }

    private static String onnxVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    private static String ids() throws Exception {
        byte[] json = WORDS.getBytes(StandardCharsets.UTF_8);
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Map.of())) {
            return Arrays.toString(tokenizer.encode("a house").getIds());
        }
    }
}
