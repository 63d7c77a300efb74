package org.atelier.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.files.IoErrors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Provides the queue as a service of a server process. The journal is {@code queue.journal} in the data folder. The bundle
 * starts after the plugins and stops before them, so plugins are available while sets are generated.
 */
@Designate(ocd = QueueOptions.class)
@Component(immediate = true, configurationPid = "org.atelier.queue")
public final class QueueComponent implements SetQueue, QueueChanges {

    /** The framework property that names the data folder. */
    private static final String DATA = "atelier.data";

    /** The delay before a failed write to the journal is retried. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    /**
     * How long to wait for the running jobs when the queue stops: long enough for one pass of a large network on a slow
     * machine, and shorter than the time that the launcher waits for the bundles to stop.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(50);

    private final StudioQueue queue;

    @Activate
    public QueueComponent(
            QueueOptions options, @Reference Studio studio, @Reference RequestFormat format, BundleContext context) {
        Path data = folder(context.getProperty(DATA));
        Clock clock = Clock.systemUTC();
        JobTable table = new JobTable();
        JobJournal journal =
                JobJournal.open(data.resolve("queue.journal"), new EntryFormat(format), table, clock.instant());
        OutputFolders folders = new OutputFolders(data.resolve("sets"), studio, new SecureRandom());
        DiskSpaceCheck diskSpace = new DiskSpaceCheck(data);
        this.queue = new StudioQueue(
                studio, table, journal, folders, diskSpace, clock, new QueueThreads(RETRY_DELAY), Limits.of(options));
        queue.begin();
    }

    private static Path folder(String name) {
        Path data = Path.of(Objects.requireNonNull(name, DATA)).toAbsolutePath();
        try {
            // The folder may be a symbolic link, which createDirectories refuses.
            return Files.isDirectory(data) ? data : Files.createDirectories(data);
        } catch (IOException e) {
            throw new AtelierException(
                    AtelierException.Code.OUTPUT_UNWRITABLE,
                    "Cannot create the data folder %s: %s.".formatted(data, IoErrors.of(e)),
                    e);
        }
    }

    /** Applies a changed configuration without interrupting a set. */
    @Modified
    void modified(QueueOptions options) {
        queue.configure(Limits.of(options));
    }

    @Deactivate
    void deactivate() {
        queue.stop(STOP_TIMEOUT);
    }

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        return queue.submit(request, output, client);
    }

    @Override
    public List<Job> jobs() {
        return queue.jobs();
    }

    @Override
    public Job job(String id) {
        return queue.job(id);
    }

    @Override
    public Job cancel(String id) {
        return queue.cancel(id);
    }

    @Override
    public Job resume(String id) {
        return queue.resume(id);
    }

    @Override
    public Subscription subscribe(String id, JobListener listener) {
        return queue.subscribe(id, listener);
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        return queue.subscribe(listener);
    }
}
