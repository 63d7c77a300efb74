package org.atelier.cli.commands;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * {@code exit} and {@code quit} of a server's shell: they end the server, as Ctrl-D does. In the scope that the shell searches
 * first, for it knows Java's own exit too, which wants a number and does not let the shell end.
 */
@Component(
        service = ShellExit.class,
        property = {"osgi.command.scope=gogo", "osgi.command.function=exit", "osgi.command.function=quit"})
public final class ShellExit {

    /** Of the whole framework; returns before it has come about. */
    interface End {
        void begin() throws BundleException;
    }

    private final End end;

    @Activate
    public ShellExit(BundleContext context) {
        this(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)::stop);
    }

    ShellExit(End end) {
        this.end = end;
    }

    /** @param ignored the number that Java's own wants */
    public String exit(String... ignored) throws BundleException {
        end.begin();
        return "Atelier ends.";
    }

    /** As {@link #exit}. */
    public String quit() throws BundleException {
        return exit();
    }
}
