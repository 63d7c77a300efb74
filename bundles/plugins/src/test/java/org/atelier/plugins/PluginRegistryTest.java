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

/** A registry of blends, for all kinds whose plugins have no options but their own. */
class PluginRegistryTest {

    private final PluginRegistry<StyleBlend> blends = FakePlugins.empty().of(PluginKind.BLEND);

    @Test
    void leasesABlendByName() {
        StyleBlend apart = references -> Optional.empty();
        blends.add(properties -> instance(apart), FakePlugins.reference("apart", 1));

        try (PluginLease<StyleBlend> lease = blends.lease("apart", Map.of())) {
            assertSame(Optional.empty(), lease.plugin().blend(List.of()));
        }
    }

    @Test
    void listsInstalledBlendsForAnUnknownName() {
        blends.add(properties -> instance(null), FakePlugins.reference("slerp", 1));
        blends.add(properties -> instance(null), FakePlugins.reference("linear", 2));
        Faults faults = new Faults();

        blends.resolve("cubic", Map.of(), faults);
        blends.resolve("slerp", Map.of("tension", 1L), faults);

        List<String> sentences = assertThrows(AtelierException.class, faults::throwIfAny)
                .getMessage()
                .lines()
                .toList();
        assertEquals("There is no blend 'cubic'; available: linear, slerp.", sentences.get(0));
        assertTrue(sentences.get(1).startsWith("The blend 'slerp' has no option 'tension'; it has"), sentences.get(1));
    }

    @Test
    void namesTheBlendThatDidNotStart() {
        blends.add(
                properties -> {
                    throw new ComponentException("constructor failed");
                },
                FakePlugins.reference("broken", 1));

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
