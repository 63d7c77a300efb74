package org.atelier.it.attention.partial;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Starts partial sharing with options as the studio passes them, and tells how it shares or why it does not. */
public final class PartialProbe implements Callable<List<String>> {

    private static final String FILTER =
            "(&(component.factory=" + AttentionStrategy.FACTORY + ")(atelier.name=partial))";

    private ComponentFactory<AttentionStrategy> factory;

    @Override
    public List<String> call() throws Exception {
        factory = factory();
        return List.of(
                shared(Map.of()),
                shared(Map.of("of", "full", "layers", new String[] {"up0"})),
                shared(Map.of(
                        "of", "shared", "options", List.of("share-group-norm=true"), "resolutions", List.of(32L, 8L))),
                shared(Map.of("of", "full", "options", new String[] {"level=0.6"})),
                shared(Map.of("of", "mosaic")),
                shared(Map.of("of", "partial")),
                shared(Map.of("options", new String[] {"scale=2"})).split(";", 2)[0],
                shared(Map.of("options", new String[] {"level"})),
                shared(Map.of("options", new String[] {"level=7"})).split(":", 2)[0],
                shared(Map.of("options", new String[] {"level=much"})).split(":", 2)[0]);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    private static ComponentFactory<AttentionStrategy> factory() throws InvalidSyntaxException {
        BundleContext context = FrameworkUtil.getBundle(PartialProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories =
                context.getServiceReferences(ComponentFactory.class, FILTER);
        return context.getService(factories.iterator().next());
    }

    /** On what the images depend, whether group norms are shared, and which of three layers are. */
    private String shared(Map<String, Object> options) {
        ComponentInstance<AttentionStrategy> instance = factory.newInstance(FrameworkUtil.asDictionary(options));
        try {
            AttentionStrategy partial = instance.getInstance();
            List<Boolean> layers = Stream.of(
                            new AttentionLayer(Kind.SELF, 0, 3, "down1", 10, 32, 32),
                            new AttentionLayer(Kind.SELF, 1, 3, "up0", 10, 16, 16),
                            new AttentionLayer(Kind.SELF, 2, 3, "mid", 10, 8, 8))
                    .map(layer -> !partial.at(layer).isPlain())
                    .toList();
            return partial.coupling() + " " + partial.sharesGroupNorm() + " " + layers;
        } catch (AtelierException e) {
            return e.getMessage();
        } finally {
            instance.dispose();
        }
    }
}
