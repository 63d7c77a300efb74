package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;
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
    void holdsAMetricUntilItIsClosed() {
        installed.add(properties -> instance(), FakePlugins.reference("palette", 1));

        assertEquals(List.of("palette"), metrics.names());
        try (MetricHandle handle = metrics.provide("palette", Map.of())) {
            assertSame(List.of(), handle.metric().measure(null, null));
            assertEquals(Optional.empty(), handle.model());
            assertDoesNotThrow(handle::throwIfWithdrawn);
        }
        assertTrue(ended);
    }

    @Test
    void startsAMetricWithItsOptionsAndReturnsItsModel() {
        List<Object> started = new ArrayList<>();
        installed.add(
                properties -> {
                    started.add(properties.get("model"));
                    return instance();
                },
                FakePlugins.reading("picture", 1));

        try (MetricHandle handle = metrics.provide("picture", Map.of())) {
            assertEquals(new MetricSelection("picture", Map.of("model", "tiny-picture")), handle.selection());
            assertEquals(Optional.of("tiny-picture"), handle.model());
        }
        try (MetricHandle handle = metrics.provide("picture", Map.of("model", "large"))) {
            assertEquals(Optional.of("large"), handle.model());
        }
        assertEquals(List.of("tiny-picture", "large"), started);
    }

    /** The first of its models that is installed, else the first; but the one that the user names, whether it is here or not. */
    @Test
    void choosesTheModelThatIsInstalled() {
        installed.add(properties -> instance(), FakePlugins.readingOneOf("picture", 1, "public", "bundled"));

        assertEquals(Map.of("model", "public"), resolved(Map.of()));
        ModelFiles files = files("bundled");
        plugins.bindFiles(files);
        assertEquals(Map.of("model", "bundled"), resolved(Map.of()));
        assertEquals(Optional.of("bundled"), installed.model("picture", Map.of()));
        assertEquals(Map.of("model", "public"), resolved(Map.of("model", "public")));
        plugins.unbindFiles(files);
        plugins.bindFiles(files("bundled", "public"));
        assertEquals(Map.of("model", "public"), resolved(Map.of()));
    }

    @Test
    void prefersASuggestedModelThatIsInstalled() {
        PluginModels suggested = new PluginModels(Map.of("picture", "own", "depth", "bundled"));
        installed.add(properties -> instance(), FakePlugins.readingOneOf("picture", 1, "public", "bundled"));
        installed.add(properties -> instance(), FakePlugins.reading("depth", 2));

        assertEquals(Optional.of("public"), installed.model("picture", Map.of(), suggested));
        assertEquals(Optional.of("tiny-depth"), installed.model("depth", Map.of(), suggested));
        plugins.bindFiles(files("bundled", "own"));
        assertEquals(Optional.of("own"), installed.model("picture", Map.of(), suggested));
        assertEquals(Optional.of("bundled"), installed.model("depth", Map.of(), suggested));
        assertEquals(Optional.of("public"), installed.model("picture", Map.of("model", "public"), suggested));
        assertEquals(Optional.of("bundled"), installed.model("picture", Map.of()));
    }

    private Map<String, Object> resolved(Map<String, Object> options) {
        return metrics.resolve(new MetricSelection("picture", options)).options();
    }

    private static ModelFiles files(String... names) {
        return new ModelFiles() {
            @Override
            public Path folder(String name) {
                if (!List.of(names).contains(name)) {
                    throw new AtelierException(AtelierException.Code.MODEL_NOT_FOUND, "There is no " + name + ".");
                }
                return Path.of(name);
            }

            @Override
            public List<InstalledModel> installed() {
                return List.of();
            }
        };
    }

    @Test
    void rejectsUnknownNamesAndOptionsWithoutStartingAMetric() {
        installed.add(
                properties -> {
                    throw new IllegalStateException("started");
                },
                FakePlugins.reading("picture", 1));

        assertEquals(
                "There is no metric 'beauty'; available: picture.",
                assertThrows(AtelierException.class, () -> metrics.resolve(MetricSelection.of("beauty")))
                        .getMessage());
        assertEquals(
                "The metric 'picture' has no option 'size'; it has model (a string, default tiny-picture).",
                assertThrows(
                                AtelierException.class,
                                () -> metrics.resolve(new MetricSelection("picture", Map.of("size", 1))))
                        .getMessage());
        assertEquals(
                new MetricSelection("picture", Map.of("model", "tiny-picture")),
                metrics.resolve(MetricSelection.of("picture")));
    }

    @Test
    void suggestsNoOtherMetricIfOneDoesNotStart() {
        installed.add(
                properties -> {
                    throw new ComponentException("constructor failed");
                },
                FakePlugins.reference("broken", 1));

        assertEquals(
                "The metric 'broken' did not start: the log says why.",
                assertThrows(AtelierException.class, () -> metrics.provide("broken", Map.of()))
                        .getMessage());
    }

    @Test
    void excludesMetricsFromThePluginsOfASet() {
        PluginLeases leases = FakePlugins.leases();
        PluginLease.of(
                PluginKind.METRIC,
                new OfferedPlugin(PluginKind.METRIC, "palette", null),
                properties -> instance(),
                Map.of(),
                leases);

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
