package org.atelier.metric.inception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
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

/** Against torch and NumPy, with Pillow's resizing, on six images; the graph has names of its own and no processor. */
class InceptionScoreTest {

    private final SharedOnnxModels models = new SharedOnnxModels(new FolderModels(), 1, Duration.ZERO);
    private final RecordedNotes notes = new RecordedNotes();

    @AfterEach
    void stop() {
        models.stop();
    }

    private List<Measurement> measured(int splits, List<MeasuredImage> images) {
        Given given =
                new Given(EncoderFixtures.ENCODERS.resolve("tiny-classifier").toString(), splits);
        return new InceptionScore(models, given).measure(MeasuredSet.of(images), notes);
    }

    @Test
    void isOneSplitOfFewImagesWithTheJackknifesError() throws IOException {
        Measurement found = measured(0, EncoderFixtures.images()).get(0);

        assertEquals("score", found.name());
        assertEquals("Inception Score, by tiny-classifier", found.title());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), found.parts().get(0).images());
        EncoderFixtures.assertFound("inception", found);
        assertTrue(
                notes.sentences.get(0).startsWith("An Inception Score of 6 images means little"),
                notes.sentences::toString);
    }

    @Test
    void isTheMeanOfSplits() throws IOException {
        Measurement found = measured(EncoderFixtures.figures().get("splits").getAsInt(), EncoderFixtures.images())
                .get(0);

        EncoderFixtures.assertFound("inception-splits", found);
        assertEquals(List.of(4, 5), found.parts().get(2).images());
    }

    @Test
    void hasNoMoreSplitsThanPairs() throws IOException {
        assertEquals(3, measured(10, EncoderFixtures.images()).get(0).parts().size());
        assertTrue(notes.sentences.get(1).contains("has 3 splits instead of 10"), notes.sentences::toString);
    }

    @Test
    void isComputedFromTwoImagesOn() throws IOException {
        Measurement two = measured(0, EncoderFixtures.images().subList(0, 2)).get(0);

        assertTrue(two.value() > 1 && two.value() < 2, two::toString);
        assertNull(two.deviation());
        assertEquals(List.of(), measured(0, EncoderFixtures.images().subList(0, 1)));
    }

    /** As many classes as images, each sure of another: the score is their number. One class: it is 1. */
    @Test
    void isBoundedByTheNumberOfImages() {
        double[] first = {1, 0, 0};
        double[] second = {0, 1, 0};
        double[] third = {0, 0, 1};

        assertEquals(3, new Predictions(List.of(first, second, third)).score(), 1e-12);
        assertEquals(1, new Predictions(List.of(first, first.clone())).score(), 1e-12);
    }

    @Test
    void takesProbabilitiesAsTheyAre() {
        assertEquals(0.25, Predictions.probabilities(.25f, .75f)[0], 1e-9);
        assertEquals(1 / (1 + Math.E), Predictions.probabilities(1, 2)[0], 1e-9);
    }

    @Test
    void saysWithoutAModelWhatToDo() {
        AtelierException fault =
                assertThrows(AtelierException.class, () -> new InceptionScore(models, new Given("", 0)).check());

        assertEquals(Code.MODEL_NOT_FOUND, fault.code());
        assertTrue(fault.getMessage().contains("--metric-option inception.model=DIR"), fault.getMessage());
    }
}
