package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.SetMetric;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentInstance;

class LeasedMetricProviderTest {

    private final PluginRegistries plugins = FakePlugins.empty();
    private final PluginRegistry<SetMetric> installed = plugins.of(PluginKind.METRIC);
    private final MetricProvider metrics = new LeasedMetricProvider(plugins, FakePlugins.leases());
    private final SetMetric nothing = (set, listener) -> List.of();
    private boolean ended;

    @Test
    void lendsAMetricUntilItIsGivenBack() {
        installed.add(properties -> instance(), FakePlugins.reference("palette", 1));

        assertEquals(List.of("palette"), metrics.names());
        try (MetricHandle loan = metrics.lend("palette")) {
            assertSame(nothing, loan.metric());
            assertDoesNotThrow(loan::throwIfWithdrawn);
        }
        assertTrue(ended);
    }

    @Test
    void offersNoOtherInsteadOfOneThatDoesNotStart() {
        installed.add(
                properties -> {
                    throw new ComponentException("constructor failed");
                },
                FakePlugins.reference("broken", 1));

        assertEquals(
                "The metric 'broken' did not start: the log says why.",
                assertThrows(AtelierException.class, () -> metrics.lend("broken"))
                        .getMessage());
    }

    @Test
    void aSetIsNotDrawnByTheMetricsThatItsThreadHolds() {
        PluginLeases leases = FakePlugins.leases();
        PluginLease.of(
                new OfferedPlugin(PluginKind.METRIC, "palette", null), properties -> instance(), Map.of(), leases);

        assertEquals(Set.of(), leases.held());
    }

    private ComponentInstance<SetMetric> instance() {
        return new ComponentInstance<>() {
            @Override
            public void dispose() {
                ended = true;
            }

            @Override
            public SetMetric getInstance() {
                return nothing;
            }
        };
    }
}
