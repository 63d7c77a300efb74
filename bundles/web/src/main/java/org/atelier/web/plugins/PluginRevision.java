package org.atelier.web.plugins;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Counts the changes of the installed plugins, so that a client learns of a new one without the cost of listing all. */
@Component(service = PluginRevision.class)
public final class PluginRevision {

    /** Every plugin is a component factory. */
    private static final String FACTORIES = "(component.factory=*)";

    /** Tells the counts of two processes apart. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong changes = new AtomicLong();
    private final ServiceListener listener = event -> changed();
    private final Runnable closing;

    @Activate
    public PluginRevision(BundleContext context) throws InvalidSyntaxException {
        context.addServiceListener(listener, FACTORIES);
        this.closing = () -> context.removeServiceListener(listener);
    }

    PluginRevision() {
        this.closing = () -> {};
    }

    void changed() {
        changes.incrementAndGet();
    }

    @Deactivate
    void close() {
        closing.run();
    }

    /** Returns the entity tag of the list of plugins; another one after every change. */
    String etag() {
        return "\"" + process + "-" + changes.get() + "\"";
    }
}
