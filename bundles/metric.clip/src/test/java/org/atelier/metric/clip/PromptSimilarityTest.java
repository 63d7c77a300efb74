package org.atelier.metric.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.onnx.SharedOnnxModels;
import org.atelier.onnx.encoders.EncoderFixtures;
import org.atelier.onnx.encoders.FolderModels;
import org.atelier.onnx.encoders.RecordedNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers' CLIP, with Pillow's resizing, on six images; one prompt is longer than the text encoder. */
class PromptSimilarityTest {

    private final SharedOnnxModels models = new SharedOnnxModels(new FolderModels(), 1, Duration.ZERO);
    private final RecordedNotes notes = new RecordedNotes();

    @AfterEach
    void stop() {
        models.stop();
    }

    private PromptSimilarity metric(Path model, String text) {
        return new PromptSimilarity(models, new Given(model.toString(), text));
    }

    private Measurement measured(String model, String text, List<MeasuredImage> images) {
        List<Measurement> found =
                metric(EncoderFixtures.ENCODERS.resolve(model), text).measure(MeasuredSet.of(images), notes);
        assertEquals(1, found.size());
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-clip, prompt, clip-prompt",
        "tiny-clip, object, clip-object",
        "tiny-clip, auto, clip-prompt",
        "tiny-clip-whole, prompt, clip-prompt",
        "tiny-clip-whole, object, clip-object"
    })
    void findsWhatTransformersFinds(String model, String text, String figure) throws IOException {
        Measurement found = measured(model, text, EncoderFixtures.images());

        EncoderFixtures.assertFound(figure, found);
        assertEquals("prompt", found.name());
        assertEquals("Prompt, by " + model + " (cosine)", found.title());
        assertEquals(List.of(5), found.parts().get(5).images());
        assertEquals(List.of(), notes.sentences);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "object"})
    void comparesWithTheObjectThatASetSays(String text) throws IOException {
        List<MeasuredImage> images = EncoderFixtures.images().stream()
                .map(image -> MeasuredImage.of(
                        image.image(),
                        image.prompt() + ", calm mood",
                        image.prompt().replaceFirst(",.*", "")))
                .toList();

        EncoderFixtures.assertFound("clip-object", measured("tiny-clip", text, images));
    }

    @Test
    void leavesOutImagesWithoutAPromptAndSaysSo() throws IOException {
        List<MeasuredImage> images = new ArrayList<>(EncoderFixtures.images());
        images.set(2, MeasuredImage.of(images.get(2).image(), ""));

        Measurement found = measured("tiny-clip", "prompt", images);

        assertEquals(
                List.of(0, 1, 3, 4, 5),
                found.parts().stream().map(part -> part.images().get(0)).toList());
        assertEquals(List.of("The metric 'clip' leaves out 1 of 6 images, which have no prompt."), notes.sentences);
    }

    @Test
    void measuresNothingWithoutPrompts() throws IOException {
        List<MeasuredImage> images =
                List.of(MeasuredImage.of(EncoderFixtures.images().get(0).image(), ""));

        assertEquals(
                List.of(),
                metric(EncoderFixtures.ENCODERS.resolve("tiny-clip"), "auto").measure(MeasuredSet.of(images), notes));
        assertEquals(1, notes.sentences.size());
    }

    @Test
    void refusesAnotherTextAndAModelWithoutItsGraphs(@TempDir Path empty) throws IOException {
        AtelierException text = assertThrows(
                AtelierException.class, () -> metric(EncoderFixtures.ENCODERS.resolve("tiny-clip"), "style")
                        .check());
        Files.copy(
                EncoderFixtures.ENCODERS.resolve("tiny-clip/preprocessor_config.json"),
                empty.resolve("preprocessor_config.json"));
        AtelierException model =
                assertThrows(AtelierException.class, () -> metric(empty, "auto").check());

        assertEquals(
                "The option text of the metric 'clip' must be auto, object, prompt, not 'style'.", text.getMessage());
        assertEquals(Code.MODEL_INVALID, model.code());
        assertTrue(model.getMessage().contains("vision_model.onnx"), model.getMessage());
    }
}
