package org.atelier.doctor.components;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.AtelierException;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginTrial;
import org.atelier.doctor.Cause;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.doctor.bundles.DeployFolder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that every plugin starts, as a set would start it. */
@Component(property = {HealthCheck.NAME + "=plugins", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class PluginStarts implements HealthCheck {

    /** The states of plugins that are started, or are refused before. */
    private static final Set<String> EXAMINED = Set.of("ready", "refused");

    private static final String TELL_AUTHOR = "If no setting is the cause, report it to the author of the bundle.";

    private final BundleContext context;
    private final DeployFolder deploy;
    private final PluginCatalog catalog;
    private final PluginTrial trial;

    @Activate
    public PluginStarts(BundleContext context, @Reference PluginCatalog catalog, @Reference PluginTrial trial) {
        this.context = context;
        this.deploy = DeployFolder.of(context);
        this.catalog = catalog;
        this.trial = trial;
    }

    /** Starts all plugins concurrently, so that a slow one does not delay others. */
    @Override
    public Result execute() {
        Findings findings = new Findings();
        List<CompletableFuture<Optional<String>>> started = new ArrayList<>();
        List<PluginDescription> plugins = catalog.plugins().stream()
                .filter(plugin -> EXAMINED.contains(plugin.state()))
                .toList();
        ExecutorService threads = Executors.newCachedThreadPool(PluginStarts::daemon);
        try {
            plugins.forEach(plugin -> started.add(CompletableFuture.supplyAsync(() -> fault(plugin), threads)));
            for (int i = 0; i < plugins.size(); i++) {
                PluginDescription plugin = plugins.get(i);
                started.get(i).join().ifPresent(fault -> findings.fault(subject(plugin), fault, TELL_AUTHOR));
            }
        } finally {
            threads.shutdown();
        }
        findings.fine("plugins", plugins.size() + " plugins were started and ended again.");
        return findings.result();
    }

    private Optional<String> fault(PluginDescription plugin) {
        try {
            trial.start(plugin);
            return Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // A plugin that disappears meanwhile or lacks a class must not hide the findings of others.
            return Optional.of("It could not be started: " + Cause.of(e) + ".");
        }
    }

    private String subject(PluginDescription plugin) {
        return plugin.id() + " of "
                + Arrays.stream(context.getBundles())
                        .filter(bundle -> plugin.bundle().equals(bundle.getSymbolicName()))
                        .filter(bundle ->
                                plugin.version().equals(bundle.getVersion().toString()))
                        .flatMap(bundle -> deploy.file(bundle).stream())
                        .findFirst()
                        .map(DeployFolder::name)
                        .orElse(plugin.bundle());
    }

    private static Thread daemon(Runnable start) {
        Thread thread = new Thread(start, "trial of plugins");
        thread.setDaemon(true);
        return thread;
    }
}
