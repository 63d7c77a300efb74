package org.atelier.queue;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.atelier.api.job.Job;

/** All known jobs: the result of all entries of the journal, read or just written. */
final class JobTable {

    private static final Comparator<JobRecord> BY_NUMBER =
            Comparator.comparingLong(record -> record.submission().number());

    private final Map<String, JobRecord> records = new HashMap<>();
    private final Map<String, DeviceQueue> queues = new HashMap<>();
    private long lastNumber;

    void apply(Entry entry) {
        queues.clear();
        if (entry instanceof Entry.Recorded recorded) {
            JobRecord record = recorded.record();
            records.put(entry.id(), record);
            lastNumber = Math.max(lastNumber, record.submission().number());
        } else if (entry instanceof Entry.Forgotten) {
            records.remove(entry.id());
        } else {
            records.computeIfPresent(entry.id(), (id, before) -> before.with(entry.after(before.status())));
        }
    }

    /** Queues again, cancels or quarantines the jobs that were running when the previous process crashed. */
    void markCrashed(Instant now) {
        all(record -> record.status().state() == Job.State.RUNNING)
                .forEach(record -> apply(new Entry.Crashed(record.id(), now)));
    }

    /** The shortest list of entries with the same result. */
    List<Entry> snapshot() {
        return all(record -> true).stream().<Entry>map(Entry.Recorded::new).toList();
    }

    Optional<JobRecord> find(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** The selected jobs in the order of submission. */
    List<JobRecord> all(Predicate<JobRecord> which) {
        return records.values().stream().filter(which).sorted(BY_NUMBER).toList();
    }

    int size() {
        return records.size();
    }

    /** The devices that jobs wait for. */
    Set<String> devices() {
        return records.values().stream()
                .filter(JobRecord::isQueued)
                .map(JobRecord::device)
                .collect(Collectors.toSet());
    }

    /** The jobs that wait for a device. */
    DeviceQueue queue(String device) {
        return queues.computeIfAbsent(
                device, named -> DeviceQueue.of(all(record -> record.device().equals(named))));
    }

    /** The ended jobs, oldest first, except the last {@code kept}. */
    Collection<JobRecord> endedBeforeLast(int kept) {
        List<JobRecord> ended = records.values().stream()
                .filter(record -> !record.isActive())
                .sorted(Comparator.comparing(
                                (JobRecord record) -> record.status().ended())
                        .thenComparing(BY_NUMBER))
                .toList();
        return ended.subList(0, Math.max(0, ended.size() - kept));
    }

    long nextNumber() {
        return lastNumber + 1;
    }
}
