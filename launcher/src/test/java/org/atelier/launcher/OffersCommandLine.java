package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Code of a test bundle whose command line returns the number of its arguments. */
public final class OffersCommandLine implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        ToIntFunction<String[]> commandLine = arguments -> arguments.length;
        context.registerService(
                ToIntFunction.class, commandLine, FrameworkUtil.asDictionary(Map.of("atelier.name", "command-line")));
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        Files.writeString(
                Path.of(context.getProperty("atelier.home"), "stopped.txt"),
                context.getBundle().getSymbolicName() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
