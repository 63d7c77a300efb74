package org.atelier.it.blend.slerp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Finds blends as the studio does, as services by name, and blends (3, 0) and (0, 4) half and half. */
public final class BlendProbe implements Callable<String> {

    @Override
    public String call() throws Exception {
        return blended("slerp") + " and " + blended("slerp-reference");
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    private static String blended(String name) throws InvalidSyntaxException {
        BundleContext context = FrameworkUtil.getBundle(BlendProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories = context.getServiceReferences(
                ComponentFactory.class, "(&(component.factory=" + StyleBlend.FACTORY + ")(atelier.name=" + name + "))");
        ComponentFactory<StyleBlend> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<StyleBlend> instance = factory.newInstance(FrameworkUtil.asDictionary(Map.of()));
        try (NDManager manager = NDManager.newBaseManager()) {
            Optional<NDArray> blended = instance.getInstance()
                    .blend(List.of(
                            new WeightedLatents(manager.create(new float[] {3, 0}), .5),
                            new WeightedLatents(manager.create(new float[] {0, 4}), .5)));
            return blended.map(latents -> inWords(latents.toFloatArray())).orElse("apart");
        } finally {
            instance.dispose();
        }
    }

    private static String inWords(float[] pair) {
        return String.format(Locale.ROOT, "(%.4f, %.4f)", pair[0], pair[1]);
    }
}
