package org.atelier.it.metric.palette;

import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.metric.MeasuredPicture;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Finds the metric as an evaluation does, as a service by its name, and measures a plain and a striped picture. */
public final class MetricProbe implements Callable<String>, MeasuringListener {

    private static final int SIDE = 32;

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(MetricProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories = context.getServiceReferences(
                ComponentFactory.class, "(&(component.factory=" + SetMetric.FACTORY + ")(atelier.name=palette))");
        ComponentFactory<SetMetric> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<SetMetric> instance = factory.newInstance(FrameworkUtil.asDictionary(Map.of()));
        try {
            MeasuredSet set = MeasuredSet.of(List.of(picture(SIDE), picture(2), picture(2)));
            return instance.getInstance().measure(set, this).stream()
                    .map(figure -> figure.name() + " "
                            + figure.parts().stream()
                                    .map(part -> String.format(Locale.ROOT, "%.2f", part.value()))
                                    .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(", "));
        } finally {
            instance.dispose();
        }
    }

    /** White columns of a width, and as wide black ones. */
    private static MeasuredPicture picture(int width) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                image.setRGB(x, y, (x / width) % 2 == 0 ? 0xffffff : 0);
            }
        }
        return MeasuredPicture.of(image, "columns of " + width);
    }
}
