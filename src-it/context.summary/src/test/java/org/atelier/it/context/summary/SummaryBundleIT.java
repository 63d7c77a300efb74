package org.atelier.it.context.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;

class SummaryBundleIT {

    @Test
    void saysALongTextInFewWords() throws Exception {
        Path model = Path.of(System.getProperty("atelier.fixtures"), "tiny-t5");
        JsonObject expected = JsonParser.parseString(Files.readString(model.resolve("summaries.json")))
                .getAsJsonObject();
        System.setProperty("summary.model", model.toString());
        System.setProperty(
                "summary.text", expected.getAsJsonArray("inputs").get(25).getAsString());
        try (TestFramework framework = TestFramework.start(
                model,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.context.summary")) {
            List<String> said = framework.inside(SummaryProbe.class).lines().toList();

            assertTrue(said.get(0).startsWith("MODEL_NOT_FOUND"), said.get(0));
            assertEquals(text(expected, "own"), said.get(1));
            assertEquals(text(expected, "given"), said.get(2));
        } finally {
            System.clearProperty("summary.model");
            System.clearProperty("summary.text");
        }
    }

    private static String text(JsonObject expected, String way) {
        JsonObject said = expected.getAsJsonObject("generated").getAsJsonObject(way);
        return said.getAsJsonArray("texts").get(25).getAsString().strip().replaceFirst("[ .]*$", "");
    }
}
