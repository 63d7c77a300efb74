package org.atelier.context.summary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.atelier.api.context.ReadingListener;
import org.atelier.onnx.OnnxModels;
import org.atelier.onnx.SharedOnnxModels;
import org.junit.jupiter.api.Test;

/** Summaries by the included sketchbook-summary: token for token as transformers', and of the right words. */
class SketchbookSummaryTest {

    private static final Path EXPECTED = Path.of("../../src-it/reference/fixtures/sketchbook-summary.json");
    private static final String MODEL = System.getProperty("atelier.sketchbook") + "-summary";

    private final OnnxModels models = new SharedOnnxModels(new Models(), 1, Duration.ZERO);

    @Test
    void saysWhatTransformersSays() throws IOException {
        JsonObject expected = JsonParser.parseString(Files.readString(EXPECTED)).getAsJsonObject();
        JsonArray inputs = expected.getAsJsonArray("inputs");
        assertEquals(22, inputs.size());
        try (Summarizer summarizer = Summarizer.open(models.lease(MODEL), Given.only(MODEL))) {
            for (int i = 0; i < inputs.size(); i++) {
                Summary summary = summarizer.summarize(inputs.get(i).getAsString(), () -> false);

                long[] tokens = expected.getAsJsonArray("tokens").get(i).getAsJsonArray().asList().stream()
                        .mapToLong(token -> token.getAsLong())
                        .toArray();
                assertArrayEquals(tokens, summary.tokens(), inputs.get(i).getAsString());
                assertEquals(expected.getAsJsonArray("texts").get(i).getAsString(), summary.text());
            }
        }
    }

    @Test
    void keepsTheWordsOfTheWorldAndDropsTheOthers() {
        T5Summary t5 = new T5Summary(models, Given.only(MODEL));

        String summary = t5.summarize(
                        "a red balloon, watercolor painting, calm mood, I want to see an orange cat next to a boat, please,"
                                + " calm mood, rainy weather",
                        new ReadingListener() {})
                .text();

        assertEquals(
                "a red balloon and an orange cat and a boat, watercolor painting, rainy weather, calm mood", summary);
    }
}
