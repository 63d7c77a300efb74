package org.atelier.web.sets;

import com.google.gson.JsonObject;
import java.util.Set;
import org.atelier.api.job.Job;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;

/**
 * Formats the changes of a job as events of one stream. The first event holds the whole job; later ones hold its progress and
 * the members that have changed.
 */
final class JobEvents {

    private static final Set<String> ALWAYS = Set.of("id", "status", "queue_position", "progress");

    private final JobJson jobJson;
    private final ServerSentEvent event = new ServerSentEvent();
    private JsonObject lastSent;
    private SetRequest lastRequest;

    JobEvents(JobJson jobJson) {
        this.jobJson = jobJson;
    }

    byte[] of(Job job) {
        boolean newRequest = !job.request().equals(lastRequest);
        JsonObject current = newRequest ? jobJson.of(job) : JobJson.withoutRequest(job);
        JsonObject changed = new JsonObject();
        current.entrySet().stream()
                .filter(member -> lastSent == null
                        || ALWAYS.contains(member.getKey())
                        || !member.getValue().equals(lastSent.get(member.getKey())))
                .forEach(member -> changed.add(member.getKey(), member.getValue()));
        lastSent = current;
        lastRequest = job.request();
        return event.of("job", changed);
    }

    byte[] preview(JsonObject preview) {
        return event.of("preview", preview);
    }
}
