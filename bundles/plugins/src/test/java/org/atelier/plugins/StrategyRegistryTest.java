package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Faults;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Attention strategies in their registry, with the options that only they have. */
class StrategyRegistryTest {

    private static final AttentionLayer LAYER =
            new AttentionLayer(AttentionLayer.Kind.SELF, 3, 70, "down1", 10, 32, 32);

    private final FakePlugins plugins = new FakePlugins();
    private final PluginRegistry<AttentionStrategy> strategies = plugins.strategies();
    private final StrategyOptions options = new StrategyOptions(strategies);

    @Test
    void startsAStrategyWithOptionsAndDisposesOfItWithTheLease() {
        try (PluginLease<AttentionStrategy> lease =
                strategies.lease("shared", Map.of("score-scale", 1.5, "adain-queries", true))) {
            assertEquals(List.of(Map.of("scoreScale", 1.5, "adainQueries", true)), plugins.started);
            assertEquals(List.of(), plugins.disposed);
            assertFalse(lease.plugin().at(LAYER).isPlain());
        }
        assertEquals(1, plugins.disposed.size());
    }

    /** Its bundle could not be replaced before the time for sets has run out, for nobody would give the lease back. */
    @Test
    void releasesTheLeaseIfAClassIsMissing() {
        AttentionStrategy lacking = new AttentionStrategy() {
            @Override
            public Attention at(AttentionLayer layer) {
                return Attention.plain();
            }

            @Override
            public Coupling coupling() {
                throw new NoClassDefFoundError("org/example/Brush");
            }
        };
        strategies.add(plugins.factoryOf(lacking), FakePlugins.reference("mosaic", 7));

        AtelierException fault = assertThrows(AtelierException.class, () -> strategies.lease("mosaic", Map.of()));

        assertEquals(Code.PLUGIN_FAILED, fault.code());
        assertTrue(fault.getMessage().contains("a class is missing: org/example/Brush"), fault.getMessage());
        assertEquals(List.of(lacking), plugins.disposed);
    }

    @Test
    void collectsFaultsOfNameAndOptions() {
        Faults faults = new Faults();
        strategies.resolve("mosaic", Map.of(), faults);
        strategies.resolve("none", Map.of("level", 1L), faults);

        AtelierException fault = assertThrows(AtelierException.class, faults::throwIfAny);

        assertEquals("""
                There is no attention 'mosaic'; available: none, shared.
                The attention 'none' has no option 'level'; it has none.""", fault.getMessage());
        assertEquals(Code.INVALID_REQUEST, fault.code());
    }

    /** Its new version may come in a moment. */
    @Test
    void distinguishesARecentlyRemovedPluginFromAnUnknownOne() {
        ServiceReference<?> reference = FakePlugins.reference("mosaic", 7);
        strategies.add(plugins.factoryOf(layer -> Attention.plain()), reference);
        strategies.remove(reference);

        AtelierException fault = assertThrows(AtelierException.class, () -> strategies.lease("mosaic", Map.of()));

        assertEquals(Code.PLUGIN_WITHDRAWN, fault.code());
        assertTrue(fault.getMessage().contains("retry in a moment"), fault.getMessage());
    }

    @Test
    void usesReferenceDefaultsWithReferenceImages() {
        assertEquals(Map.of("adain-queries", true, "score-scale", 1.0), resolved("shared", Map.of(), false));
        assertEquals(Map.of("adain-queries", true, "score-scale", 0.5), resolved("shared", Map.of(), true));
        assertEquals(2.0, resolved("shared", Map.of("score-scale", 2L), true).get("score-scale"));
    }

    @Test
    void resolvesOptionsOfTheWrappedStrategyAsIfItWereUsedAlone() {
        strategies.add(plugins.factoryOf(new Wrapper()), FakePlugins.wrapping("partial", 3));
        Map<String, Object> plain = Map.of("of", "shared", "options", List.of("adain-queries=true", "score-scale=1.0"));
        Map<String, Object> pictured =
                Map.of("of", "shared", "options", List.of("adain-queries=false", "score-scale=0.5"));

        assertEquals(plain, resolved("partial", Map.of(), false));
        assertEquals(pictured, resolved("partial", Map.of("options", List.of("adain-queries=false")), true));
        assertEquals(pictured, resolved("partial", pictured, false), "resolved once more it stays");
        assertEquals(Map.of("of", "none", "options", List.of()), resolved("partial", Map.of("of", "none"), true));
        assertEquals(Map.of("of", "partial"), resolved("partial", Map.of("of", "partial"), true));
    }

    @Test
    void collectsFaultsOfTheWrappedStrategy() {
        strategies.add(plugins.factoryOf(new Wrapper()), FakePlugins.wrapping("partial", 3));
        Faults faults = new Faults();

        options.resolve("partial", Map.of("options", List.of("tension=1", "score-scale=much", "level")), false, faults);

        assertEquals(
                """
                Options of 'shared' must have the form KEY=VALUE, not 'level'.
                The option score-scale of the attention 'shared' must be a number, not 'much'.
                The attention 'shared' has no option 'tension'; it has adain-queries (true or false, default true),\
                 score-scale (a number, default 1.0).""", assertThrows(AtelierException.class, faults::throwIfAny).getMessage());
    }

    private Map<String, Object> resolved(String name, Map<String, Object> given, boolean pictured) {
        Faults faults = new Faults();
        Map<String, Object> resolved = options.resolve(name, given, pictured, faults);
        faults.throwIfAny();
        return resolved;
    }

    @Test
    void tracksInstalledAndRemovedPlugins() {
        strategies.add(FakePlugins.failing(), FakePlugins.reference("broken", 3));
        assertEquals(List.of("broken", "none", "shared"), strategies.names());

        strategies.remove(FakePlugins.reference("broken", 3));
        assertEquals(List.of("none", "shared"), strategies.names());
        assertThrows(AtelierException.class, () -> strategies.lease("broken", Map.of()));
    }

    @Test
    void prefersTheOlderOfTwoServicesWithOneName() {
        strategies.add(FakePlugins.failing(), FakePlugins.reference("shared", 9));

        strategies.lease("shared", Map.of()).close();

        assertEquals(1, plugins.started.size());
    }

    @Test
    void namesThePluginThatDidNotStart() {
        strategies.add(FakePlugins.failing(), FakePlugins.reference("broken", 3));

        AtelierException fault = assertThrows(AtelierException.class, () -> strategies.lease("broken", Map.of()));

        assertEquals(Code.PLUGIN_FAILED, fault.code());
        assertTrue(fault.getMessage().startsWith("The attention 'broken' did not start"), fault.getMessage());
    }

    @Test
    void propagatesAnExceptionOfTheProbe() {
        strategies.add(plugins.factoryOf(new Wrapper()), FakePlugins.reference("partial", 3));

        AtelierException fault = assertThrows(AtelierException.class, () -> strategies.lease("partial", Map.of()));

        assertEquals("It wraps nothing.", fault.getMessage());
        assertEquals(1, plugins.disposed.size());
    }

    private static final class Wrapper implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return Attention.plain();
        }

        @Override
        public Coupling coupling() {
            throw new AtelierException(Code.INVALID_REQUEST, "It wraps nothing.");
        }
    }
}
