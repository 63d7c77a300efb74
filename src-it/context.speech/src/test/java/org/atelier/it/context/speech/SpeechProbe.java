package org.atelier.it.context.speech;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Has the file {@code sound} of the framework's home written down, as a set would: the language and how many words, or the fault. */
public final class SpeechProbe implements Callable<String>, ReadingListener {

    private static final String FILTER = "(&(component.factory=" + ContextSource.FACTORY + ")(atelier.name=speech))";

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(SpeechProbe.class).getBundleContext();
        Path home = Path.of(context.getProperty("atelier.home"));
        Collection<ServiceReference<ComponentFactory>> factories =
                context.getServiceReferences(ComponentFactory.class, FILTER);
        ComponentFactory<ContextSource> factory =
                context.getService(factories.iterator().next());
        Map<String, Object> options =
                Map.of("model", home.resolve("model").toString(), "temperatures", new double[] {0});
        ComponentInstance<ContextSource> instance = factory.newInstance(FrameworkUtil.asDictionary(options));
        try {
            ContextSource speech = instance.getInstance();
            String sound = home.resolve("sound").toString();
            speech.check(sound);
            ContextText words = speech.read(sound, this);
            return words.parts().get(0).text() + ", " + (words.text().isBlank() ? "nothing" : "something") + " said";
        } catch (AtelierException e) {
            return e.getMessage();
        } finally {
            instance.dispose();
        }
    }
}
