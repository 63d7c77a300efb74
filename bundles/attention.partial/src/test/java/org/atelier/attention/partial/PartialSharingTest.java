package org.atelier.attention.partial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.StrategyHandle;
import org.junit.jupiter.api.Test;

class PartialSharingTest {

    /** A small network: its blocks in registration order, the lowest resolution in the middle. */
    private static final List<AttentionLayer> NETWORK = List.of(
            layer(0, "down1", 32),
            layer(1, "down2", 16),
            layer(2, "up0", 16),
            layer(3, "up1", 32),
            layer(4, "mid", 16));

    private final Started started = new Started();

    @Test
    void sharesAllWithoutAChoice() {
        assertEquals(List.of("down1", "down2", "up0", "up1", "mid"), shared(0, List.of(), List.of()));
    }

    @Test
    void sharesAtALevel() {
        assertEquals(List.of("down1", "up0", "mid"), shared(.6, List.of(), List.of()));
        assertEquals(List.of(), shared(1, List.of(), List.of()));
    }

    @Test
    void sharesNamedBlocks() {
        assertEquals(List.of("up0", "mid"), shared(0, List.of("mid", " UP0"), List.of()));
    }

    @Test
    void sharesAtResolutions() {
        assertEquals(List.of("down1", "up1"), shared(0, List.of(), List.of(32)));
    }

    @Test
    void refusesWhatTheNetworkLacks() {
        assertFault(
                "The model has no self-attention block 'up7'; available: down1, down2, up0, up1, mid.",
                () -> shared(0, List.of("mid", "up7"), List.of()));
        assertFault(
                "The model has no self-attention of height '64'; available: 32, 16.",
                () -> shared(0, List.of(), List.of(16, 64)));
    }

    @Test
    void refusesTwoChoices() {
        assertFault(
                "The attention 'partial' accepts only one of level, layers and resolutions, not level and layers together.",
                () -> shared(.5, List.of("mid"), List.of()));
    }

    @Test
    void isAsTheOtherInAllElse() {
        PartialSharing partial = partial(0, List.of(), List.of());
        assertEquals(Coupling.SET, partial.coupling());
        assertTrue(partial.sharesGroupNorm());
        assertEquals(Set.of("house"), partial.referenceWords());
        assertEquals(Set.of("house"), partial.observedWords(NETWORK.get(0)));
    }

    @Test
    void startsTheOtherWhenItIsAskedAndEndsItWithItself() {
        PartialSharing partial = partial(0, List.of(), List.of());
        assertEquals(0, started.count);
        partial.coupling();
        partial.at(NETWORK.get(0));
        assertEquals(1, started.count);
        assertFalse(started.disposed);
        partial.end();
        assertTrue(started.disposed);
    }

    @Test
    void neverAskedItHasNothingToEnd() {
        partial(0, List.of(), List.of()).end();
        assertFalse(started.disposed);
    }

    private List<String> shared(double level, List<String> blocks, List<Integer> heights) {
        PartialSharing partial = partial(level, blocks, heights);
        List<Attention> attentions = NETWORK.stream().map(partial::at).toList();
        return IntStream.range(0, NETWORK.size())
                .filter(index -> !attentions.get(index).isPlain())
                .mapToObj(index -> NETWORK.get(index).block())
                .toList();
    }

    private PartialSharing partial(double level, List<String> blocks, List<Integer> heights) {
        return new PartialSharing(() -> LayerChoice.of(level, blocks, heights), started::again);
    }

    private static void assertFault(String sentence, Runnable refused) {
        AtelierException fault = assertThrows(AtelierException.class, refused::run);
        assertEquals(sentence, fault.getMessage());
        assertEquals(AtelierException.Code.INVALID_REQUEST, fault.code());
    }

    private static AttentionLayer layer(int index, String block, int height) {
        return new AttentionLayer(Kind.SELF, index, 5, block, 8, height, height);
    }

    /** The other strategy, as it is lent. */
    private static final class Started implements StrategyHandle, AttentionStrategy {

        private int count;
        private boolean disposed;

        Started again() {
            count++;
            return this;
        }

        @Override
        public Attention at(AttentionLayer layer) {
            return call -> call.own().value();
        }

        @Override
        public Coupling coupling() {
            return Coupling.SET;
        }

        @Override
        public boolean sharesGroupNorm() {
            return true;
        }

        @Override
        public Set<String> referenceWords() {
            return Set.of("house");
        }

        @Override
        public Set<String> observedWords(AttentionLayer layer) {
            return referenceWords();
        }

        @Override
        public AttentionStrategy strategy() {
            return this;
        }

        @Override
        public void close() {
            disposed = true;
        }
    }
}
