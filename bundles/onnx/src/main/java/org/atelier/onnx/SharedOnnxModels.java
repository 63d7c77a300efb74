package org.atelier.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keeps a model's graphs loaded while it is leased, and for a while after. */
@Component
@Designate(ocd = SharedOnnxModels.Configuration.class)
public final class SharedOnnxModels implements OnnxModels {

    private static final int MOST_THREADS = 4;

    /** The resources of the machine that models may use. */
    @ObjectClassDefinition(name = "ONNX models", description = "What models that read images, speech and text may take")
    @interface Configuration {
        @AttributeDefinition(
                name = "Threads",
                description = "Threads of each graph; 0 for as many as the machine has cores, 4 at most",
                min = "0",
                max = "256")
        int threads() default 0;

        @AttributeDefinition(
                name = "Idle seconds",
                description = "How long a model stays in memory after it was last used",
                min = "0",
                max = "86400")
        int idleSeconds() default 60;
    }

    /** A model, the number of its leases, and its scheduled unloading if there are none. */
    private static final class Entry {
        private final SharedModel model;
        private int leases;
        private Future<?> end;

        Entry(SharedModel model) {
            this.model = model;
        }
    }

    private final ModelFiles files;
    private final Sessions sessions;
    private final Duration idle;
    private final Map<Path, Entry> entries = new HashMap<>();
    private final ScheduledExecutorService clock;
    private boolean stopped;

    /** @param files finds the folder of a model */
    @Activate
    public SharedOnnxModels(@Reference ModelFiles files, Configuration configuration) {
        this(files, threads(configuration.threads()), Duration.ofSeconds(configuration.idleSeconds()));
    }

    /**
     * For use outside a framework.
     *
     * @param threads of each graph, at least 1
     * @param idle how long a model stays in memory after its last lease
     */
    public SharedOnnxModels(ModelFiles files, int threads, Duration idle) {
        this(files, threads, idle, clock());
    }

    SharedOnnxModels(ModelFiles files, int threads, Duration idle, ScheduledExecutorService clock) {
        this.files = files;
        this.sessions = new Sessions(threads);
        this.idle = idle;
        this.clock = clock;
    }

    private static int threads(int configured) {
        return configured > 0
                ? configured
                : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private static ScheduledExecutorService clock() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "atelier-onnx-idle");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public OnnxModel lease(String name) {
        Path folder = files.folder(name).toAbsolutePath().normalize();
        synchronized (this) {
            if (stopped) {
                throw new AtelierException(Code.PLUGIN_WITHDRAWN, "The ONNX models are being withdrawn; try again.");
            }
            Entry entry = entries.computeIfAbsent(folder, path -> new Entry(new SharedModel(path, sessions)));
            entry.leases++;
            if (entry.end != null) {
                entry.end.cancel(false);
                entry.end = null;
            }
            return new OnnxModel(name, entry.model, () -> giveBack(folder, entry));
        }
    }

    private synchronized void giveBack(Path folder, Entry entry) {
        entry.leases--;
        if (entry.leases == 0 && !stopped) {
            entry.end = clock.schedule(() -> end(folder, entry), idle.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void end(Path folder, Entry entry) {
        if (entry.leases == 0 && entries.remove(folder, entry)) {
            entry.model.close();
        }
    }

    /** Waits for current runs; later runs with a lease that is still held fail. */
    @Deactivate
    public synchronized void stop() {
        stopped = true;
        clock.shutdownNow();
        entries.values().forEach(entry -> entry.model.close());
        entries.clear();
    }
}
