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
 * The events that a server sends of a job, read on a thread of their own. Where the connection is lost nothing more is delivered;
 * whoever must know asks for the job.
 */
final class JobEvents extends EventSourceListener implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

    private final Call call;
    private final JobJson form;
    private final JobListener listener;
    private final JsonObject job = new JsonObject();
    private boolean closed;

    private JobEvents(Call call, JobJson form, JobListener listener) {
        this.call = call;
        this.form = form;
        this.listener = listener;
    }

    /**
     * Begins to tell a listener.
     *
     * @param response of the call, successful; it is closed here
     */
    static Subscription tell(Call call, Response response, JobJson form, JobListener listener) {
        JobEvents events = new JobEvents(call, form, listener);
        Thread thread = new Thread(() -> EventSources.processResponse(response, events), "events of a job");
        thread.setDaemon(true);
        thread.start();
        return events;
    }

    /** The first event of a job holds all of it, those after it what has changed. */
    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
        if ("job".equals(type)) {
            JsonParser.parseString(data)
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(member -> job.add(member.getKey(), member.getValue()));
            tell(form.read(job));
        }
    }

    private synchronized void tell(Job changed) {
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
