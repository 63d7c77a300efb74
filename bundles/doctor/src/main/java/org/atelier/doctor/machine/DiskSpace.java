package org.atelier.doctor.machine;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.job.SetQueue;
import org.atelier.doctor.Cause;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.models.library.HubCache;
import org.atelier.text.ByteCount;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks that the disks for sets, fetched models, temporary files and the data of a server are writable and have free space. */
@Component(property = {HealthCheck.NAME + "=disk", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class DiskSpace implements HealthCheck {

    /** A set of a hundred images of 1024 x 1024. */
    private static final long SET = 300_000_000L;

    /** The native code that DJL unpacks, and the files of the framework. */
    private static final long TEMPORARY = 100_000_000L;

    /** Stable Diffusion XL in half precision. */
    private static final long MODEL = 7_000_000_000L;

    /** The framework property that names the data folder of a server. */
    private static final String DATA = "atelier.data";

    /** The file in the data folder that a server keeps locked while it runs. */
    private static final String LOCK = "lock";

    private final Path current;
    private final Path models;
    private final Path temporary;
    private final Path data;
    private final Supplier<Optional<List<Path>>> outputs;

    @Activate
    public DiskSpace(BundleContext context) {
        this(
                Path.of("").toAbsolutePath(),
                HubCache.of(System.getenv(), Path.of(System.getProperty("user.home")))
                        .folder(),
                Path.of(System.getProperty("java.io.tmpdir")),
                Path.of(context.getProperty(DATA)),
                () -> outputs(context));
    }

    /**
     * @param current the current folder
     * @param models the hub cache, which need not exist
     * @param data the data folder of a server, which need not exist
     * @param outputs the folders that jobs of the server will write to; empty in a process that is no server
     */
    DiskSpace(Path current, Path models, Path temporary, Path data, Supplier<Optional<List<Path>>> outputs) {
        this.current = current;
        this.models = models;
        this.temporary = temporary;
        this.data = data;
        this.outputs = outputs;
    }

    /** Returns the output folders of the jobs that have not ended; empty in a process without a queue. */
    private static Optional<List<Path>> outputs(BundleContext context) {
        return Optional.ofNullable(context.getServiceReference(SetQueue.class))
                .map(context::getService)
                .map(queue -> queue.jobs().stream()
                        .filter(job -> !job.state().isEnd())
                        .map(job -> job.output().folder())
                        .toList());
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        new Location("sets", current, SET).examine(findings);
        new Location("fetched models", models, MODEL).examine(findings);
        new Location("temporary files", temporary, TEMPORARY).examine(findings);
        new Location("jobs and logs of a server", data, SET).examine(findings);
        Optional<List<Path>> jobs = outputs.get();
        if (jobs.isPresent() && Files.notExists(data.resolve(LOCK))) {
            findings.fault(
                    data.toString(),
                    "The data folder was removed or replaced while the server runs, so no set is accepted or started.",
                    "Restart the server.");
        }
        jobs.orElse(List.of()).stream()
                .filter(folder -> !folder.startsWith(data))
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(folder -> new Location("waiting sets", folder, SET).examine(findings));
        return findings.result();
    }

    /**
     * A folder that files are written to.
     *
     * @param what the kind of these files
     * @param needed the number of bytes below which there is a warning; below a tenth of it, a fault
     */
    private record Location(String what, Path folder, long needed) {

        void examine(Findings findings) {
            Path existing = existing(folder);
            try {
                FileStore disk = Files.getFileStore(existing);
                long free = disk.getUsableSpace();
                String found = "%s free for %s.".formatted(ByteCount.of(free), what);
                if (!Files.isWritable(existing)) {
                    findings.warning(
                            folder.toString(), "It cannot be written, and %s go there.".formatted(what), writable());
                } else if (free < needed / 10) {
                    findings.fault(folder.toString(), "Only " + found, more());
                } else if (free < needed) {
                    findings.warning(folder.toString(), "Only " + found, more());
                } else {
                    findings.fine(folder.toString(), found);
                }
            } catch (IOException e) {
                findings.fault(folder.toString(), "It cannot be read: " + Cause.of(e) + ".", writable());
            }
        }

        private String more() {
            return "Free space, or choose another disk: %s need %s.".formatted(what, ByteCount.of(needed));
        }

        private static String writable() {
            return "Get write permission, or choose another folder.";
        }

        private static Path existing(Path folder) {
            Path existing = folder.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return existing;
        }
    }
}
