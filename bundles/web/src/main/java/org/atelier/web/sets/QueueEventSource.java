package org.atelier.web.sets;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;

/**
 * Which jobs the queue has, and their states. The first event has all jobs; each later one those that are new or in another state, and
 * the ids of those that are removed. However many changes a slow client misses, it gets one event of their result.
 */
final class QueueEventSource implements EventSource {

    private final SetQueue queue;
    private final ServerSentEvent event = new ServerSentEvent();
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private Map<String, JsonObject> sent;

    QueueEventSource(SetQueue queue) {
        this.queue = queue;
    }

    /** Tells that the queue has changed. */
    void changed() {
        changed.set(true);
    }

    @Override
    public byte[] next() {
        if (!changed.getAndSet(false)) {
            return null;
        }
        Map<String, JsonObject> now = new LinkedHashMap<>();
        queue.jobs().forEach(job -> now.put(job.id(), json(job)));
        JsonArray sets = new JsonArray();
        JsonArray removed = new JsonArray();
        if (sent != null) {
            sent.keySet().stream().filter(id -> !now.containsKey(id)).forEach(removed::add);
        }
        now.forEach((id, json) -> {
            if (sent == null || !json.equals(sent.get(id))) {
                sets.add(json);
            }
        });
        boolean first = sent == null;
        sent = now;
        if (!first && sets.isEmpty() && removed.isEmpty()) {
            return null;
        }
        JsonObject data = new JsonObject();
        data.add("sets", sets);
        data.add("removed", removed);
        return event.of("queue", data);
    }

    /** Queues are as long as their history, so an entry has no more than a client needs to see what it must ask for. */
    private static JsonObject json(Job job) {
        JsonObject json = new JsonObject();
        json.addProperty("id", job.id());
        json.addProperty("status", job.state().name().toLowerCase(Locale.ROOT));
        json.addProperty("client", job.client());
        return json;
    }

    @Override
    public boolean isEnded() {
        return false;
    }
}
