package org.atelier.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue.Following;
import org.atelier.wire.JobJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a job by the events that its server sends, on a thread of its own. Where the connection is lost nothing more is
 * told; whoever must know asks for the job.
 */
final class EventReader implements Following, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";

    private final Call call;
    private final Response response;
    private final JobJson form;
    private final JobListener listener;
    private boolean closed;

    EventReader(Call call, Response response, JobJson form, JobListener listener) {
        this.call = call;
        this.response = response;
        this.form = form;
        this.listener = listener;
    }

    void start() {
        Thread thread = new Thread(this, "events of a job");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try (response) {
            read(response.body().source());
        } catch (IOException e) {
            LOG.debug("The events of a job ended", e);
        } catch (RuntimeException e) {
            LOG.warn("A follower of a job is told nothing more", e);
        }
    }

    private void read(BufferedSource source) throws IOException {
        JsonObject job = new JsonObject();
        String event = "";
        for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length());
            } else if (line.startsWith(DATA) && event.equals("job")) {
                JsonParser.parseString(line.substring(DATA.length()))
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(member -> job.add(member.getKey(), member.getValue()));
                tell(form.read(job));
            }
        }
    }

    private synchronized void tell(Job job) {
        if (!closed) {
            listener.changed(job);
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
