package org.atelier.cli.reports;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.atelier.api.job.Job;

/** Formats jobs for display. */
public final class JobText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private JobText() {}

    /** Formats an instant in the local time zone. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** Formats a state, such as {@code queued, 2 ahead}, {@code generating 40 %} or {@code quarantined}. */
    public static String state(Job job) {
        String state = job.state().name().toLowerCase(Locale.ROOT);
        return switch (job.state()) {
            case QUEUED -> job.position() == 0 ? state : state + ", " + job.position() + " ahead";
            case RUNNING -> job.progress() == null ? state : progress(job);
            case COMPLETED, FAILED, CANCELLED, QUARANTINED -> state;
        };
    }

    private static String progress(Job job) {
        String phase = job.progress().phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        long percent = Math.round(
                100.0 * job.progress().done() / Math.max(1, job.progress().total()));
        return phase + " " + percent + " %";
    }

    /** Formats the number of finished images, such as {@code 3 of 4}. */
    public static String images(Job job) {
        return job.images().size() + " of "
                + (job.request().items().size() + job.request().firstGenerated());
    }
}
