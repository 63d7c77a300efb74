package org.atelier.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;

/** The queue of a server, over its HTTP API. */
final class RemoteQueue implements SetQueue {

    private static final String SETS = "sets";

    private final ApiClient api;
    private final RequestFormat format;
    private final JobJson jobJson;

    RemoteQueue(ApiClient api, RequestFormat format) {
        this.api = api;
        this.format = format;
        this.jobJson = new JobJson(format);
    }

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        output.requireWhole();
        Map<String, String> query = new HashMap<>();
        query.put("output", output.folder().toString());
        query.put("client", client);
        if (output.styleCard() != null) {
            query.put("style_card", output.styleCard().toString());
        }
        return jobJson.read(api.post(List.of(SETS), query, format.write(request)));
    }

    @Override
    public List<Job> jobs() {
        return api.list(SETS, jobJson::read);
    }

    @Override
    public Job job(String id) {
        return jobJson.read(api.get(List.of(SETS, id)));
    }

    @Override
    public Job cancel(String id) {
        return jobJson.read(api.delete(List.of(SETS, id)));
    }

    @Override
    public Job resume(String id) {
        return jobJson.read(api.post(List.of(SETS, id, "resume"), Map.of(), ""));
    }

    @Override
    public Subscription subscribe(String id, JobListener listener) {
        ApiClient.Exchange events = api.events(List.of(SETS, id, "events"));
        return JobEvents.subscribe(events.call(), events.response(), jobJson, listener);
    }
}
