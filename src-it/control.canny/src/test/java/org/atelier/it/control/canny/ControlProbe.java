package org.atelier.it.control.canny;

import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.control.ControlPreprocessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Finds the preprocessor as the studio does, and prepares a picture that is black on its left and white on its right. */
public final class ControlProbe implements Callable<String> {

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(ControlProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories = context.getServiceReferences(
                ComponentFactory.class,
                "(&(component.factory=" + ControlPreprocessor.FACTORY + ")(atelier.name=canny))");
        ComponentFactory<ControlPreprocessor> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<ControlPreprocessor> instance =
                factory.newInstance(FrameworkUtil.asDictionary(Map.of("low.threshold", 20.0, "aperture", 5)));
        try {
            return row(instance.getInstance().prepare(halves(), 12, 16));
        } finally {
            instance.dispose();
        }
    }

    private static BufferedImage halves() {
        BufferedImage picture = new BufferedImage(24, 32, BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().fillRect(12, 0, 12, 32);
        return picture;
    }

    /** The row in the middle, a character for each pixel. */
    private static String row(BufferedImage picture) {
        StringBuilder row = new StringBuilder();
        for (int x = 0; x < picture.getWidth(); x++) {
            row.append((picture.getRGB(x, picture.getHeight() / 2) & 0xFF) > 127 ? '#' : '.');
        }
        return row.toString();
    }
}
