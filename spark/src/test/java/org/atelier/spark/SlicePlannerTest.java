package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicePlannerTest {

    @Test
    void manySetsAreNotDivided() {
        List<CampaignSet> sets =
                IntStream.range(0, 60).mapToObj(i -> set("set" + i, 4, 1)).toList();

        assertTrue(new SlicePlanner(4, null).divide(sets).values().stream().allMatch(slices -> slices.size() == 1));
    }

    @Test
    void largeSetIsDividedSoThatItTakesAtMostATenthLonger() {
        // Four slices take 24 images in each slot, eight 2 x 13.
        List<ImageNumbers> slices = only(set("large", 91, 1), 4);

        assertEquals(8, slices.size());
        assertEquals(91, ImageNumbers.union(slices).count());
        assertEquals(3 * 4, only(set("huge", 1000, 1), 4).size());
    }

    @Test
    void smallSetIsDividedForIdleSlots() {
        assertEquals(List.of("0-1", "2-3", "4-5", "6-7"), texts(only(set("small", 8, 1), 4)));
        assertEquals(List.of("0-1", "2-3", "4-5", "6-7"), texts(only(set("small", 8, 1), 100)));
        assertEquals(List.of("0-3", "4-7"), texts(only(set("small", 8, 1), 2)));
        assertEquals(List.of("0-7"), texts(only(set("small", 8, 1), 1)));
        assertEquals(List.of("0"), texts(only(set("one", 1, 1), 4)));
    }

    /** 110 slices of 9 images would take two rounds. */
    @Test
    void slicesFillTheSlots() {
        List<CampaignSet> sets =
                IntStream.range(0, 10).mapToObj(i -> set("set" + i, 100, 1)).toList();

        int slices = new SlicePlanner(100, null)
                .divide(sets).values().stream().mapToInt(List::size).sum();

        assertEquals(0, slices % 100, slices + " slices");
    }

    @Test
    void nothingIsDividedIntoNothing() {
        assertEquals(Map.of(), new SlicePlanner(4, null).divide(List.of()));
    }

    @Test
    void chunksStayWhole() {
        assertEquals(List.of("0-4", "5-8"), texts(only(set("chunks", 9, 4), 2)));
        assertEquals(List.of("0-8"), texts(only(set("one", 9, 9), 8)));
        assertEquals(List.of("0-8"), texts(only(set("reference and one chunk", 9, 8), 8)));
        assertEquals(List.of("0-8", "9-16"), texts(only(set("reference and two chunks", 17, 8), 8)));
    }

    @Test
    void givenNumberOverridesTheRule() {
        CampaignSet set = set("set", 8, 1);

        assertEquals(
                List.of("0-2", "3-4", "5-7"),
                texts(new SlicePlanner(1, 3).divide(List.of(set)).get("set")));
    }

    private static List<ImageNumbers> only(CampaignSet set, int slots) {
        return new SlicePlanner(slots, null).divide(List.of(set)).get(set.name());
    }

    private static List<String> texts(List<ImageNumbers> slices) {
        return slices.stream().map(ImageNumbers::toString).toList();
    }

    /** @param chunk images of a chunk; image 0 is one of its own if others follow */
    private static CampaignSet set(String name, int images, int chunk) {
        List<ImageNumbers> chunks = new ArrayList<>();
        for (int first = 0; first < images; ) {
            int last = first == 0 && chunk < images ? 0 : Math.min(images, first + chunk) - 1;
            chunks.add(ImageNumbers.parse(first + "-" + last));
            first = last + 1;
        }
        return new CampaignSet(name, "", Json.object(), images, chunks, null, List.of());
    }
}
