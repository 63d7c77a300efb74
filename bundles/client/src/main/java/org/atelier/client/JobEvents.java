package org.atelier.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.wire.JobJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of a job on a thread of its own and calls the listener. After a lost connection the listener receives
 * nothing more; callers that must know the state query the job.
 */
final class JobEvents extends EventSourceListener implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

    private final Call call;
    private final JobJson jobJson;
    private final JobListener listener;
    private final JsonObject job = new JsonObject();
    private boolean closed;

    private JobEvents(Call call, JobJson jobJson, JobListener listener) {
        this.call = call;
        this.jobJson = jobJson;
        this.listener = listener;
    }

    /**
     * Starts to read events.
     *
     * @param response the successful response of the call; closed here
     */
    static Subscription subscribe(Call call, Response response, JobJson jobJson, JobListener listener) {
        JobEvents events = new JobEvents(call, jobJson, listener);
        Thread thread = new Thread(() -> EventSources.processResponse(response, events), "events of a job");
        thread.setDaemon(true);
        thread.start();
        return events;
    }

    /** Merges an event into the job: the first event holds the whole job, later ones the members that have changed. */
    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
        if ("job".equals(type)) {
            JsonParser.parseString(data)
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(member -> job.add(member.getKey(), member.getValue()));
            notifyListener(jobJson.read(job));
        }
    }

    private synchronized void notifyListener(Job changed) {
        if (!closed) {
            listener.changed(changed);
        }
    }

    @Override
    public void onFailure(EventSource source, Throwable fault, Response response) {
        if (fault instanceof IOException) {
            LOG.debug("The events of a job ended", fault);
        } else {
            LOG.warn("A listener of a job failed and receives nothing more", fault);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        call.cancel();
    }
}
