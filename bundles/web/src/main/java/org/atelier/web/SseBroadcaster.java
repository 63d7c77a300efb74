package org.atelier.web;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.job.SetQueue;
import org.atelier.wire.JobJson;

/** All who follow jobs, and the one thread that writes to them. */
final class SseBroadcaster implements AutoCloseable {

    static final int MOST = 64;

    private static final int HEARTBEAT_SECONDS = 15;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "followers of jobs");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> heartbeat;
    private boolean closed;

    SseBroadcaster() {
        writer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        heartbeat = writer.scheduleWithFixedDelay(
                () -> streams.forEach(EventStream::beat), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Whoever has gone without a word is found out by writing to it, and keeps nobody out for long. */
    private void requireRoom() {
        if (streams.size() >= MOST) {
            streams.forEach(EventStream::beat);
            throw ApiError.of(
                    429, "too_many_followers", "Too many follow jobs already, %d; ask again later.".formatted(MOST));
        }
    }

    /**
     * A subscriber of a job, from now until it ends or the subscriber goes.
     *
     * @param previews whether of what its images are going to be, too
     * @throws AtelierException if there is no such job, or the door is closing
     * @throws ApiError when there are too many
     */
    synchronized EventStream add(SetQueue queue, String id, JobJson form, boolean previews) {
        if (closed) {
            throw UnavailableServlet.closed();
        }
        requireRoom();
        EventStream stream = new EventStream(
                writer,
                new JobEvents(form),
                previews ? Optional.of(new PreviewImages()) : Optional.empty(),
                streams::remove);
        stream.follows(queue.subscribe(id, stream));
        streams.add(stream);
        return stream;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        streams.forEach(EventStream::close);
        heartbeat.cancel(false);
        writer.shutdown();
    }
}
