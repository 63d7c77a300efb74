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
import org.atelier.api.metric.SetMetric;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentInstance;

class SetMetricsTest {

    private final SetMetrics metrics = FakeAttentions.metrics();
    private final SetMetric nothing = (set, listener) -> List.of();
    private boolean ended;

    @Test
    void lendsAMetricUntilItIsGivenBack() {
        metrics.bind(properties -> instance(), FakeAttentions.reference("palette", 1));

        assertEquals(List.of("palette"), metrics.names());
        try (MetricHandle loan = metrics.lend("palette")) {
            assertSame(nothing, loan.metric());
            assertDoesNotThrow(loan::throwIfWithdrawn);
        }
        assertTrue(ended);
    }

    @Test
    void offersNoOtherInsteadOfOneThatDoesNotStart() {
        metrics.bind(
                properties -> {
                    throw new ComponentException("constructor failed");
                },
                FakeAttentions.reference("broken", 1));

        assertEquals(
                "The metric 'broken' did not start: the log says why.",
                assertThrows(AtelierException.class, () -> metrics.lend("broken"))
                        .getMessage());
    }

    @Test
    void aSetIsNotDrawnByTheMetricsThatItsThreadHolds() {
        PluginLeases leases = FakeAttentions.leases();
        PluginLease.of(new OfferedPlugin("metric", "palette", null), properties -> instance(), Map.of(), leases);

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
