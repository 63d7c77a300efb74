package org.atelier.web.uploads;

import java.util.List;
import java.util.function.Predicate;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;

/** Which stored files the waiting and running jobs name. */
final class JobFiles {

    private final SetQueue queue;
    private final RequestFormat format;

    JobFiles(SetQueue queue, RequestFormat format) {
        this.queue = queue;
        this.format = format;
    }

    /**
     * Returns whether a job needs a file, as of now. Every field that names a file is written into the JSON of a request, and
     * the names of stored files, which are hashes, occur nowhere else.
     */
    Predicate<String> needed() {
        List<String> requests = queue.jobs().stream()
                .filter(job -> !job.state().isEnd())
                .map(Job::request)
                .map(format::write)
                .toList();
        return name -> requests.stream().anyMatch(request -> request.contains(name));
    }
}
