package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicePlannerTest {

    @Test
    void manySetsAreNotDivided() {
        List<CampaignSet> sets =
                IntStream.range(0, 60).mapToObj(i -> set("set" + i, 4, 1, true)).toList();

        assertTrue(new SlicePlanner(4, null).divide(sets).values().stream().allMatch(slices -> slices.size() == 1));
    }

    @Test
    void largeSetIsDividedSoThatAtMostATenthIsRepeated() {
        List<ImageNumbers> slices = only(set("large", 91, 1, true), 4);

        assertEquals(10, slices.size());
        assertTrue(slices.stream().allMatch(slice -> slice.count() >= 9), slices.toString());
        assertEquals(91, ImageNumbers.union(slices).count());
    }

    @Test
    void idleSlotsMakeSlicesSmaller() {
        assertEquals(List.of("0-1", "2-3", "4-5", "6-7"), texts(only(set("small", 8, 1, true), 4)));
        assertEquals(List.of("0-3", "4-7"), texts(only(set("small", 8, 1, true), 2)));
        assertEquals(List.of("0-7"), texts(only(set("small", 8, 1, true), 1)));
    }

    @Test
    void setThatRepeatsNothingIsDividedIntoThreeSlicesForEachSlot() {
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), texts(only(set("free", 6, 1, false), 2)));
    }

    @Test
    void chunksStayWhole() {
        assertEquals(List.of("0-4", "5-8"), texts(only(set("chunks", 9, 4, true), 2)));
        assertEquals(List.of("0-8"), texts(only(set("one", 9, 9, false), 8)));
    }

    @Test
    void givenNumberOverridesTheRule() {
        CampaignSet set = set("set", 8, 1, true);

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

    /** Image 0 is a chunk of its own if it is repeated. */
    private static CampaignSet set(String name, int images, int chunk, boolean repeatsFirst) {
        List<ImageNumbers> chunks = new ArrayList<>();
        for (int first = 0; first < images; ) {
            int last = first == 0 && repeatsFirst ? 0 : Math.min(images, first + chunk) - 1;
            chunks.add(ImageNumbers.parse(first + "-" + last));
            first = last + 1;
        }
        ObjectNode request = Json.object();
        ArrayNode references = request.putArray("references");
        if (!repeatsFirst) {
            references.addObject();
        }
        return new CampaignSet(name, "", request, images, chunks, null, List.of());
    }
}
