package org.atelier.web;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.atelier.api.job.Job;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;

/**
 * A job's changes as events for one follower. The first holds all of the job; those after it how far it is, and what else
 * has changed since.
 */
final class JobEvents {

    private static final Set<String> ALWAYS = Set.of("id", "status", "queue_position", "progress");

    private final JobJson form;
    private JsonObject told;
    private SetRequest toldRequest;
    private long number;

    JobEvents(JobJson form) {
        this.form = form;
    }

    byte[] of(Job job) {
        boolean newRequest = !job.request().equals(toldRequest);
        JsonObject whole = newRequest ? form.of(job) : JobJson.withoutRequest(job);
        JsonObject changed = new JsonObject();
        whole.entrySet().stream()
                .filter(member -> told == null
                        || ALWAYS.contains(member.getKey())
                        || !member.getValue().equals(told.get(member.getKey())))
                .forEach(member -> changed.add(member.getKey(), member.getValue()));
        told = whole;
        toldRequest = job.request();
        return event("job", changed);
    }

    byte[] preview(JsonObject preview) {
        return event("preview", preview);
    }

    private byte[] event(String name, JsonObject data) {
        number++;
        return "id: %d\nevent: %s\ndata: %s\n\n"
                .formatted(number, name, ApiResponse.text(data))
                .getBytes(StandardCharsets.UTF_8);
    }
}
