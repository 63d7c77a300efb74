package org.atelier.attention.none;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.junit.jupiter.api.Test;

class NoSharingTest {

    private final NoSharing strategy = new NoSharing();

    @Test
    void leavesEveryLayerAsItWasTrained() {
        assertTrue(strategy.at(new AttentionLayer(Kind.SELF, 0, 2, "down1", 10, 64, 64))
                .isPlain());
        assertTrue(strategy.at(new AttentionLayer(Kind.SELF, 1, 2, "mid", 20, 32, 32))
                .isPlain());
    }

    @Test
    void couplesNoImageToAnother() {
        assertEquals(Coupling.NONE, strategy.coupling());
        assertFalse(strategy.sharesGroupNorm());
    }
}
