package org.atelier.it.context.caption;

import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ReadingListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Asks what the picture of system property {@code caption.picture} shows, as the studio does; first of a model that is not there. */
public final class CaptionProbe implements Callable<String>, ReadingListener {

    @Override
    public String call() throws Exception {
        return said(Map.of("model", "blip-base-nowhere")) + "\n" + said(Map.of()) + "\n"
                + said(Map.of("prompt", "a red"));
    }

    private String said(Map<String, Object> options) throws InvalidSyntaxException {
        String picture = System.getProperty("caption.picture");
        ComponentInstance<ContextSource> instance = factory().newInstance(FrameworkUtil.asDictionary(options));
        try {
            instance.getInstance().check(picture);
            return instance.getInstance().read(picture, this).text();
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        } finally {
            instance.dispose();
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    private static ComponentFactory<ContextSource> factory() throws InvalidSyntaxException {
        BundleContext context = FrameworkUtil.getBundle(CaptionProbe.class).getBundleContext();
        ServiceReference<ComponentFactory> reference = context.getServiceReferences(
                        ComponentFactory.class,
                        "(&(component.factory=" + ContextSource.FACTORY + ")(atelier.name=picture))")
                .iterator()
                .next();
        return context.getService(reference);
    }
}
