package org.atelier.spark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints how many images are stored, at most every few seconds and only if that has changed. */
final class ProgressReporter implements AutoCloseable {

    private static final int SECONDS = 5;

    private final CampaignPlan plan;
    private final DoneSlices done;
    private final PrintStream err;
    private final Map<String, Integer> imagesOfSlices = new HashMap<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(body -> {
        Thread thread = new Thread(body, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final int imagesBefore;
    private final long start = System.nanoTime();
    private final ScheduledFuture<?> printing;
    private String last = "";

    /** Prints at once, and until {@link #close}. */
    ProgressReporter(CampaignPlan plan, DoneSlices done, PrintStream err) {
        this.plan = plan;
        this.done = done;
        this.err = err;
        int before = 0;
        for (PlannedSet set : plan.sets()) {
            if (set.complete()) {
                ended.incrementAndGet();
                before += set.set().images();
                continue;
            }
            for (ImageNumbers slice : set.slices()) {
                if (set.recorded().contains(slice)) {
                    before += slice.count();
                } else {
                    imagesOfSlices.put(DoneSlices.id(set.name(), slice.toString()), slice.count());
                }
            }
        }
        imagesBefore = before;
        printing = timer.scheduleWithFixedDelay(this::print, 0, SECONDS, TimeUnit.SECONDS);
    }

    /** Prints a set that failed. */
    void setEnded(String name, TaskResult result) {
        ended.incrementAndGet();
        if (result.isFailed()) {
            failed.incrementAndGet();
            err.println("error: " + name + ": " + result.error());
        }
    }

    /** The images that are stored, each counted once. */
    int images() {
        return imagesBefore + imagesOf(done.value());
    }

    private int imagesOf(Set<String> slices) {
        return slices.stream()
                .mapToInt(slice -> imagesOfSlices.getOrDefault(slice, 0))
                .sum();
    }

    private synchronized void print() {
        int images = images();
        String line = "%d of %d images, %d of %d sets%s"
                .formatted(
                        images,
                        plan.images(),
                        ended.get() - failed.get(),
                        plan.sets().size(),
                        failed.get() == 0 ? "" : ", " + failed.get() + " failed");
        if (!line.equals(last)) {
            last = line;
            err.println(line + timeLeft(images));
        }
    }

    /** An estimate from the images of this run so far. */
    private String timeLeft(int images) {
        if (images == imagesBefore || images == plan.images()) {
            return "";
        }
        double perImage = (double) (System.nanoTime() - start) / (images - imagesBefore);
        long minutes = Duration.ofNanos(Math.round(perImage * (plan.images() - images)))
                .plusSeconds(30)
                .toMinutes();
        if (minutes == 0) {
            return " (less than a minute left)";
        }
        return minutes < 60
                ? " (about %d min left)".formatted(minutes)
                : " (about %d h %d min left)".formatted(minutes / 60, minutes % 60);
    }

    @Override
    public void close() {
        printing.cancel(false);
        timer.shutdownNow();
        print();
    }
}
