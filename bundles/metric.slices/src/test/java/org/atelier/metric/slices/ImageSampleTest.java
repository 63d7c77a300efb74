package org.atelier.metric.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.MeasuringListener;
import org.junit.jupiter.api.Test;

class ImageSampleTest {

    private final List<String> notes = new ArrayList<>();

    private final MeasuringListener listener = new MeasuringListener() {
        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }
    };

    @Test
    void isAllImagesOfAnOrdinarySet() {
        MeasuredSet set = new MeasuredSet(images(100), images(2));
        ImageSample sample = ImageSample.of(set);
        sample.note("palette", listener);

        assertEquals(set, sample.images());
        assertEquals(List.of(), notes);
    }

    @Test
    void spreadsAHundredOverALargeSetFromItsFirst() {
        List<MeasuredImage> references = images(2);
        ImageSample sample = ImageSample.of(new MeasuredSet(images(1250), references));
        sample.note("palette", listener);

        List<String> chosen =
                sample.images().images().stream().map(MeasuredImage::prompt).toList();
        assertEquals(100, chosen.size());
        assertEquals(List.of("0", "12", "25", "37"), chosen.subList(0, 4));
        assertEquals("1237", chosen.get(99));
        assertEquals(references, sample.images().references());
        assertEquals(List.of("The metric 'palette' compares 100 of the 1250 images, spread evenly over them."), notes);
    }

    @Test
    void namesThePartsAsTheSetDoes() {
        ImageSample sample = ImageSample.of(MeasuredSet.of(images(1000)));
        Measurement measured = Measurement.ofPairs(
                        "Pairs", Direction.LOWER_IS_CLOSER, sample.images(), (one, other) -> other - one)
                .orElseThrow();

        Measurement restored = sample.restored(List.of(measured)).get(0);

        assertEquals(List.of(0, 20), restored.parts().get(1).images());
        assertEquals(2, restored.parts().get(1).value());
        assertEquals(measured.value(), restored.value());
    }

    /** Images that are never decoded, with their number as prompt. */
    private static List<MeasuredImage> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new MeasuredImage(
                        () -> {
                            throw new AssertionError("decoded");
                        },
                        String.valueOf(i),
                        null,
                        1))
                .toList();
    }
}
