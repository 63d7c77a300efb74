package org.atelier.it.configuration;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/** The warnings in the log, the newest first. */
public final class LogProbe implements Callable<List<String>> {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(LogProbe.class).getBundleContext();
        LogReaderService log = context.getService(context.getServiceReference(LogReaderService.class));
        return Collections.list(log.getLog()).stream()
                .filter(entry -> entry.getLogLevel() == LogLevel.WARN)
                .map(LogEntry::getMessage)
                .toList();
    }
}
