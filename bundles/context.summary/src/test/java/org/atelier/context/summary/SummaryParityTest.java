package org.atelier.context.summary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.onnx.OnnxModels;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Summaries of thirty texts by a tiny T5, token for token as transformers', whichever form the decoder lies in. */
class SummaryParityTest {

    private static final Path T5 = Path.of("../../src-it/reference/fixtures/tiny-t5");
    private static final ReadingListener LISTENER = new ReadingListener() {};

    @TempDir
    private Path folder;

    private final OnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);
    private final JsonObject expected = expected();

    @ParameterizedTest
    @CsvSource({"own,merged", "given,merged", "own,separate", "given,separate"})
    void saysWhatTransformersSays(String way, String form) throws IOException {
        String model = (form.equals("merged") ? T5 : separate()).toString();
        JsonObject said = expected.getAsJsonObject("generated").getAsJsonObject(way);
        Given options = way.equals("own") ? Given.only(model) : given(model, said.getAsJsonObject("settings"));
        JsonArray inputs = expected.getAsJsonArray("inputs");
        assertEquals(30, inputs.size());
        try (Summarizer summarizer = Summarizer.open(models.lease(model), options)) {
            for (int i = 0; i < inputs.size(); i++) {
                Summary summary = summarizer.summarize(inputs.get(i).getAsString(), () -> false);

                assertArrayEquals(longs(said.getAsJsonArray("tokens").get(i)), summary.tokens(), way + " of " + i);
                String text = said.getAsJsonArray("texts").get(i).getAsString();
                assertEquals(text.strip().replaceFirst("[ .]*$", ""), summary.text());
                assertTrue(summary.confidence() > 0 && summary.confidence() <= 1);
                assertEquals(i < 20, summary.unread().isEmpty(), "too long are the last ten only");
            }
        }
    }

    private static Given given(String model, JsonObject settings) {
        return new Given(
                model,
                settings.get("prefix").getAsString().strip(),
                settings.get("num_beams").getAsInt(),
                settings.get("max_length").getAsInt(),
                settings.get("min_length").getAsInt(),
                settings.get("length_penalty").getAsDouble(),
                settings.get("early_stopping").getAsBoolean() ? "yes" : "no",
                settings.get("no_repeat_ngram_size").getAsInt());
    }

    @Test
    void tellsTheSummaryAndWhatWasNotRead() {
        T5Summary t5 = new T5Summary(models, Given.only(T5.toString()));
        String text = expected.getAsJsonArray("inputs").get(20).getAsString();

        ContextText words = t5.summarize("  " + text + "\n", LISTENER);

        assertEquals(T5.toString(), words.origin());
        assertEquals(
                List.of("summary", "not read"),
                words.parts().stream().map(ContextText.Part::name).toList());
        assertEquals(words.text(), words.parts().get(0).text());
        assertTrue(
                text.endsWith(words.parts().get(1).text()), words.parts().get(1).text());
    }

    @Test
    void saysNothingOfNothing() {
        T5Summary t5 = new T5Summary(models, Given.only("no model is needed"));

        assertEquals("", t5.summarize(" \n", LISTENER).text());
    }

    @Test
    void stopsWhenTold() {
        T5Summary t5 = new T5Summary(models, Given.only(T5.toString()));
        ReadingListener stopping = new ReadingListener() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };

        AtelierException fault = assertThrows(AtelierException.class, () -> t5.summarize("a red house", stopping));

        assertEquals(Code.CANCELLED, fault.code());
    }

    @ParameterizedTest
    @CsvSource({
        "config.json,config.json",
        "encoder_model.onnx,encoder_model.onnx",
        "decoder_model.onnx,decoder_model.onnx",
        "tokenizer.json,tokenizer"
    })
    void namesInOneLineWhatAModelLacks(String file, String named) throws IOException {
        Path model = separate();
        Files.delete(model.resolve(file.endsWith(".onnx") ? "onnx/" + file : file));
        T5Summary t5 = new T5Summary(models, Given.only(model.toString()));

        AtelierException fault = assertThrows(AtelierException.class, () -> t5.summarize("a red house", LISTENER));

        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains(named), fault.getMessage());
        assertFalse(fault.getMessage().contains("\n"), fault.getMessage());
    }

    @Test
    void refusesATokenizerThatKnowsMoreTokensThanTheNetwork() throws IOException {
        Path model = separate();
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\": 40", "\"vocab_size\": 20"));
        T5Summary t5 = new T5Summary(models, Given.only(model.toString()));

        AtelierException fault = assertThrows(AtelierException.class, () -> t5.summarize("a red house", LISTENER));

        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains("20 tokens"), fault.getMessage());
    }

    /** As older exports are: without the merged decoder, and the graphs in a folder of their own. */
    private Path separate() throws IOException {
        for (String file :
                List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(T5.resolve(file), folder.resolve(file));
        }
        Files.createDirectory(folder.resolve("onnx"));
        for (String graph : List.of("encoder_model.onnx", "decoder_model.onnx", "decoder_with_past_model.onnx")) {
            Files.copy(T5.resolve(graph), folder.resolve("onnx").resolve(graph));
        }
        return folder;
    }

    private static JsonObject expected() {
        try {
            return JsonParser.parseString(Files.readString(T5.resolve("summaries.json")))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long[] longs(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }
}
