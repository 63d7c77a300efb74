package org.atelier.metric.dino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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

/** Against transformers' ViT, with Pillow's resizing, on six images. */
class ClassTokenSimilarityTest {

    private final SharedOnnxModels models = new SharedOnnxModels(new FolderModels(), 1, Duration.ZERO);
    private final RecordedNotes notes = new RecordedNotes();

    @AfterEach
    void stop() {
        models.stop();
    }

    private List<Measurement> measured(MeasuredSet set) {
        return metric("tiny-dino").measure(set, notes);
    }

    private ClassTokenSimilarity metric(String model) {
        return new ClassTokenSimilarity(
                models, new Given(EncoderFixtures.ENCODERS.resolve(model).toString()));
    }

    @Test
    void findsWhatTransformersFinds() throws IOException {
        List<Measurement> found = measured(MeasuredSet.of(EncoderFixtures.images()));

        assertEquals(
                List.of("pairs", "reference"),
                found.stream().map(Measurement::name).toList());
        EncoderFixtures.assertFound("dino-pairs", found.get(0));
        EncoderFixtures.assertFound("dino-own-reference", found.get(1));
        assertEquals("All pairs, by tiny-dino (cosine)", found.get(0).title());
    }

    /** Weights count in proportion: 3 and 7 are as 0.3 and 0.7. */
    @Test
    void weighsSeveralReferencesAsPublished() throws IOException {
        List<MeasuredImage> images = EncoderFixtures.images();
        for (double scale : new double[] {1, 10}) {
            List<MeasuredImage> references = IntStream.range(0, 2)
                    .mapToObj(i -> new MeasuredImage(images.get(4 + i).image(), "", scale * weight(i)))
                    .toList();

            Measurement found =
                    measured(new MeasuredSet(images.subList(0, 4), references)).get(1);

            assertEquals("reference", found.name());
            EncoderFixtures.assertFound("dino-references", found);
        }
    }

    private static double weight(int reference) {
        try {
            return EncoderFixtures.figures()
                    .getAsJsonArray("weights")
                    .get(reference)
                    .getAsDouble();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void measuresNothingOfOneImage() throws IOException {
        assertEquals(List.of(), measured(MeasuredSet.of(EncoderFixtures.images().subList(0, 1))));
    }

    @Test
    void refusesAModelOfAnotherKind() {
        AtelierException fault = assertThrows(
                AtelierException.class, () -> metric("tiny-clip-whole").check());

        assertEquals(Code.MODEL_INVALID, fault.code());
        assertTrue(fault.getMessage().contains("last_hidden_state"), fault.getMessage());
    }
}
