package org.atelier.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set that goes on from a checkpoint ends at the bits of one that nothing disturbed. */
class CheckpointTest {

    private static final int STEPS = 5;

    private static TinyModel model;
    private static Pipeline pipeline;

    @BeforeAll
    static void load() {
        model = new TinyModel();
        pipeline = model.pipeline();
    }

    @AfterAll
    static void close() {
        pipeline.close();
        model.close();
    }

    /** Keeps every state that it is offered. */
    private record Shelf(Optional<DenoisingState> last, List<DenoisingState> kept) implements Checkpoint {

        static Shelf empty() {
            return new Shelf(Optional.empty(), new ArrayList<>());
        }

        static Shelf with(DenoisingState state) {
            return new Shelf(Optional.of(state), new ArrayList<>());
        }

        @Override
        public void reached(int done, int steps, Supplier<DenoisingState> state) {
            assertEquals(STEPS, steps);
            assertEquals(done, state.get().done());
            kept.add(state.get());
        }
    }

    /** Notes how far it was told the set is. */
    private static final class Witness implements DrawingListener {
        private final List<String> drawn = new ArrayList<>();

        @Override
        public void drawn(int done, int total) {
            drawn.add(done + "/" + total);
        }
    }

    private static Drawing drawing(String sampler, Subject... subjects) {
        return new Drawing(List.of(subjects), "watercolor", sampler, STEPS, 5, 2, StyleWindow.WHOLE, null);
    }

    private static final Subject[] SUBJECTS = {
        new Subject("a red fish, stained glass", 3, 32, 48, null),
        new Subject("a house, stained glass", 4, 32, 48, null),
        new Subject("a rocket, stained glass", 5, 64, 32, null),
        new Subject("a castle, stained glass", 6, 32, 48, null)
    };

    private static List<float[]> drawn(Drawing drawing, AttentionStrategy strategy, Shelf shelf) {
        List<float[]> latents = new ArrayList<>();
        try (DrawnLatents drawn = pipeline.draw(drawing, List.of(), strategy, shelf, new DrawingListener() {})) {
            for (int i = 0; i < drawn.count(); i++) {
                latents.add(drawn.latents(i).toFloatArray());
            }
        }
        return latents;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler", "dpm++2m", "unipc"})
    void goesOnFromEveryStepToTheSameBits(String sampler) {
        Drawing drawing = drawing(sampler, SUBJECTS);
        Shelf undisturbed = Shelf.empty();
        List<float[]> expected = drawn(drawing, Strategies.everything(), undisturbed);

        assertEquals(STEPS, undisturbed.kept.size());
        for (DenoisingState state : undisturbed.kept) {
            Shelf later = Shelf.with(state);
            List<float[]> resumed = drawn(drawing, Strategies.everything(), later);
            assertEquals(STEPS - state.done(), later.kept.size());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), resumed.get(i), "picture " + i + " after step " + state.done());
            }
        }
    }

    @Test
    void goesOnWithASetWhosePicturesAllSeeEachOther() {
        Drawing drawing = drawing("unipc", SUBJECTS[0], SUBJECTS[1], SUBJECTS[3]);
        Shelf undisturbed = Shelf.empty();
        List<float[]> expected = drawn(drawing, Strategies.full(), undisturbed);

        List<float[]> resumed = drawn(drawing, Strategies.full(), Shelf.with(undisturbed.kept.get(2)));

        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), resumed.get(i));
        }
    }

    @Test
    void tellsAtOnceHowFarItIs() {
        Drawing drawing = drawing("ddim", SUBJECTS[0], SUBJECTS[1]);
        Shelf undisturbed = Shelf.empty();
        drawn(drawing, Strategies.shared(), undisturbed);
        Witness witness = new Witness();

        pipeline.draw(drawing, List.of(), Strategies.shared(), Shelf.with(undisturbed.kept.get(3)), witness)
                .close();

        assertEquals(List.of("8/10", "9/10", "10/10"), witness.drawn);
    }

    @Test
    void refusesTheCheckpointOfAnotherSet() {
        Shelf other = Shelf.empty();
        drawn(drawing("ddim", SUBJECTS[0], SUBJECTS[1]), Strategies.shared(), other);
        Shelf shelf = Shelf.with(other.kept.get(0));

        for (Drawing drawing : List.of(
                drawing("ddim", SUBJECTS[0]),
                drawing("ddim", SUBJECTS[0], SUBJECTS[2]),
                new Drawing(List.of(SUBJECTS[0]), null, "ddim", 1, 5, 1, StyleWindow.WHOLE, null))) {
            AtelierException fault =
                    assertThrows(AtelierException.class, () -> drawn(drawing, Strategies.shared(), shelf));
            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        }
    }
}
