package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a test bundle that appends a line to {@code stopped.txt} of the distribution when it stops. */
public class RecordsItsStop implements BundleActivator {

    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) throws IOException {
        Files.writeString(
                Path.of(context.getProperty("atelier.home"), "stopped.txt"),
                context.getBundle().getSymbolicName() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
