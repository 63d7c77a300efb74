package org.atelier.web.sets;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.web.http.ApiError;
import org.atelier.web.server.UnavailableServlet;
import org.atelier.wire.JobJson;

/** All event streams, and the one thread that writes to them. */
final class SseBroadcaster implements AutoCloseable {

    static final int MAX_STREAMS = 64;

    private static final int HEARTBEAT_SECONDS = 15;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "atelier job events");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> heartbeat;
    private boolean closed;

    SseBroadcaster() {
        writer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        heartbeat = writer.scheduleWithFixedDelay(
                () -> streams.forEach(EventStream::sendHeartbeat),
                HEARTBEAT_SECONDS,
                HEARTBEAT_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Writing to the streams detects lost connections, so these do not block new streams for long. */
    private void requireCapacity() {
        if (streams.size() >= MAX_STREAMS) {
            streams.forEach(EventStream::sendHeartbeat);
            throw ApiError.of(
                    429,
                    "too_many_event_streams",
                    "There are already %d event streams; try again later.".formatted(MAX_STREAMS));
        }
    }

    /**
     * Adds an event stream of a job, which lasts until the job ends or the client disconnects.
     *
     * @param previews whether to send previews too
     * @throws AtelierException if there is no such job, or the endpoint is closing
     * @throws ApiError if there are too many streams
     */
    synchronized EventStream add(SetQueue queue, String id, JobJson jobJson, boolean previews) {
        JobEventSource source = new JobEventSource(
                new JobEvents(jobJson), previews ? Optional.of(new PreviewImages()) : Optional.empty());
        EventStream stream = open(source);
        source.onChange(stream::scheduleWrite);
        stream.attach(queue.subscribe(id, source));
        streams.add(stream);
        return stream;
    }

    /**
     * Adds an event stream of all jobs, which lasts until the client disconnects.
     *
     * @throws AtelierException if the endpoint is closing
     * @throws ApiError if there are too many streams
     */
    synchronized EventStream add(SetQueue queue, QueueChanges changes) {
        QueueEventSource source = new QueueEventSource(queue);
        EventStream stream = open(source);
        stream.attach(changes.subscribe(() -> {
            source.changed();
            stream.scheduleWrite();
        }));
        streams.add(stream);
        return stream;
    }

    private EventStream open(EventSource source) {
        if (closed) {
            throw UnavailableServlet.unavailable();
        }
        requireCapacity();
        return new EventStream(writer, source, streams::remove);
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
