package org.atelier.diffusion.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.window.WindowGrid;
import org.junit.jupiter.api.Test;

class SlicePlanTest {

    private record Coupled(Coupling coupling) implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return Attention.plain();
        }
    }

    private static final AttentionStrategy SHARED = new Coupled(AttentionStrategy.Coupling.REFERENCES);

    private static GenerationSpec set(List<ImageSpec> images, int chunk, GivenReferences references) {
        return new GenerationSpec(images, null, null, 5, 5, chunk, StyleWindow.ALL_STEPS, references);
    }

    private static List<ImageSpec> images(int count) {
        return ImageSpec.each(
                IntStream.range(0, count).mapToObj(i -> "image " + i).toList(), 1, 64, 64);
    }

    @Test
    void generatesTheReferenceAndWholeChunks() {
        SlicePlan plan = new SlicePlan(set(images(10), 4, null), SHARED);

        assertEquals(List.of(0), plan.required(List.of(0)));
        assertEquals(List.of(0, 1, 2, 3, 4), plan.required(List.of(1, 2, 3, 4)));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), plan.required(List.of(4, 5)));
        assertEquals(List.of(0, 9), plan.required(List.of(9)));
        assertEquals(List.of(), plan.required(List.of()));
    }

    @Test
    void chunksOfOneNeedTheReferenceOnly() {
        SlicePlan plan = new SlicePlan(set(images(10), 1, null), SHARED);

        assertEquals(List.of(0, 4, 7), plan.required(List.of(4, 7)));
    }

    @Test
    void givenReferencesNeedNoFirstImage() {
        GivenReferences given = new ReferenceTrajectories(List.of(), List.of());
        SlicePlan plan = new SlicePlan(set(images(10), 4, given), SHARED);

        assertEquals(List.of(4, 5, 6, 7), plan.required(List.of(5)));
    }

    @Test
    void unalignedImagesNeedTheirChunkOnly() {
        SlicePlan plan = new SlicePlan(set(images(10), 4, null), new Coupled(AttentionStrategy.Coupling.NONE));

        assertEquals(List.of(8, 9), plan.required(List.of(9)));
    }

    @Test
    void imagesOfOtherSizesAndStrategiesHaveOtherChunks() {
        AttentionStrategy strong = new Coupled(AttentionStrategy.Coupling.NONE);
        List<ImageSpec> images = List.of(
                new ImageSpec("a", 1, 64, 64, null),
                new ImageSpec("b", 2, 64, 96, null),
                new ImageSpec("c", 3, 64, 64, null),
                new ImageSpec("d", 4, 64, 64, strong),
                new ImageSpec("e", 5, 64, 96, null),
                new ImageSpec("f", 6, 64, 64, null));
        SlicePlan plan = new SlicePlan(set(images, 2, null), SHARED);

        assertEquals(List.of(0, 1, 4), plan.required(List.of(4)));
        assertEquals(List.of(0, 2, 5), plan.required(List.of(2)));
        assertEquals(List.of(0, 3), plan.required(List.of(3)));
    }

    @Test
    void namesSetsThatCannotBeDivided() {
        SlicePlan coupled = new SlicePlan(set(images(4), 2, null), new Coupled(AttentionStrategy.Coupling.SET));
        assertTrue(coupled.isCoupled());
        assertEquals(List.of(0, 1, 2, 3), coupled.required(List.of(2)));
        assertFalse(new SlicePlan(set(images(4), 2, null), SHARED).isCoupled());

        List<ImageSpec> wide = images(4).stream()
                .map(image -> image.withGrid(new WindowGrid(8, 8, 1, false)))
                .toList();
        assertTrue(new SlicePlan(set(wide, 2, null), SHARED).hasDividedChunks());
        assertFalse(new SlicePlan(set(wide, 1, null), SHARED).hasDividedChunks());
    }
}
