package org.atelier.cli.reports;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.atelier.api.job.Job;

/** How jobs are spoken of. */
public final class JobWords {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private JobWords() {}

    /** In this machine's time. */
    public static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** {@code queued, 2 before it}, {@code generating 40 %}, {@code quarantined}. */
    public static String state(Job job) {
        String state = job.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (job.state()) {
            case QUEUED -> job.position() == 0 ? state : state + ", " + job.position() + " before it";
            case RUNNING -> job.progress() == null ? state : progress(job);
            case COMPLETED, FAILED, CANCELLED, QUARANTINED -> state;
        };
    }

    private static String progress(Job job) {
        String phase = job.progress().phase().name().toLowerCase(Locale.ROOT);
        long percent = Math.round(
                100.0 * job.progress().done() / Math.max(1, job.progress().total()));
        return phase + " " + percent + " %";
    }

    /** How many are written, of how many. */
    public static String images(Job job) {
        return job.images().size() + " of "
                + (job.request().items().size() + job.request().firstGenerated());
    }
}
