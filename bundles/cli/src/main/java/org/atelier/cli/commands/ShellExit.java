package org.atelier.cli.commands;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The commands {@code exit} and {@code quit} of a server's shell; they stop the server, as Ctrl-D does. They are in the scope that the
 * shell searches first, because it also finds {@code System.exit}, which requires a number and does not let the shell end.
 */
@Component(
        service = ShellExit.class,
        property = {"osgi.command.scope=gogo", "osgi.command.function=exit", "osgi.command.function=quit"})
public final class ShellExit {

    /** Starts stopping the framework and returns before it has stopped. */
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

    /** @param ignored a status, as {@code System.exit} takes it */
    public String exit(String... ignored) throws BundleException {
        end.begin();
        return "Atelier stops.";
    }

    /** As {@link #exit}. */
    public String quit() throws BundleException {
        return exit();
    }
}
