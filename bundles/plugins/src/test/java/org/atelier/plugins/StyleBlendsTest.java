package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.blend.StyleBlend;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentInstance;

class StyleBlendsTest {

    private final StyleBlends blends = FakeAttentions.blends();

    @Test
    void givesABlendForItsName() {
        StyleBlend apart = references -> Optional.empty();
        blends.bind(properties -> instance(apart), FakeAttentions.reference("apart", 1));

        try (PluginLease<StyleBlend> lease = blends.lease("apart", Map.of())) {
            assertSame(apart, lease.plugin());
        }
    }

    @Test
    void saysWhichBlendsThereAreWhereOneIsUnknown() {
        blends.bind(properties -> instance(null), FakeAttentions.reference("slerp", 1));
        blends.bind(properties -> instance(null), FakeAttentions.reference("linear", 2));
        Faults faults = new Faults();

        blends.settle("cubic", Map.of(), faults);
        blends.settle("slerp", Map.of("tension", 1L), faults);

        List<String> sentences = assertThrows(AtelierException.class, faults::throwIfAny)
                .getMessage()
                .lines()
                .toList();
        assertEquals("There is no blend 'cubic'; known are linear, slerp.", sentences.get(0));
        assertTrue(sentences.get(1).startsWith("The blend 'slerp' has no option 'tension'; it has"), sentences.get(1));
    }

    @Test
    void saysWhichBlendDidNotStart() {
        blends.bind(
                properties -> {
                    throw new ComponentException("constructor failed");
                },
                FakeAttentions.reference("broken", 1));

        assertEquals(
                "The blend 'broken' did not start: the log says why. Choose another with --blend.",
                assertThrows(AtelierException.class, () -> blends.lease("broken", Map.of()))
                        .getMessage());
    }

    private static ComponentInstance<StyleBlend> instance(StyleBlend blend) {
        return new ComponentInstance<>() {
            @Override
            public void dispose() {}

            @Override
            public StyleBlend getInstance() {
                return blend;
            }
        };
    }
}
