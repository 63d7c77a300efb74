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

/** Every job that is known: what the entries of the journal come to, whether they are read or just being written. */
final class JobTable {

    private static final Comparator<JobRecord> BY_NUMBER =
            Comparator.comparingLong(commission -> commission.order().number());

    private final Map<String, JobRecord> commissions = new HashMap<>();
    private final Map<String, DeviceQueue> lines = new HashMap<>();
    private long lastNumber;

    void apply(Entry entry) {
        lines.clear();
        if (entry instanceof Entry.Stands stands) {
            JobRecord commission = stands.commission();
            commissions.put(entry.id(), commission);
            lastNumber = Math.max(lastNumber, commission.order().number());
        } else if (entry instanceof Entry.Forgotten) {
            commissions.remove(entry.id());
        } else {
            commissions.computeIfPresent(entry.id(), (id, before) -> before.with(entry.after(before.course())));
        }
    }

    /** What was being generated when the process ended that wrote the entries waits again, or has come to its end. */
    void outlive(Instant now) {
        all(commission -> commission.course().state() == Job.State.RUNNING)
                .forEach(commission -> apply(new Entry.Died(commission.id(), now)));
    }

    /** Entries that come to the same, however many there were. */
    List<Entry> asItStands() {
        return all(commission -> true).stream().<Entry>map(Entry.Stands::new).toList();
    }

    Optional<JobRecord> find(String id) {
        return Optional.ofNullable(commissions.get(id));
    }

    /** In the order of their submission. */
    List<JobRecord> all(Predicate<JobRecord> which) {
        return commissions.values().stream().filter(which).sorted(BY_NUMBER).toList();
    }

    int size() {
        return commissions.size();
    }

    /** The devices that a job waits for. */
    Set<String> devices() {
        return commissions.values().stream()
                .filter(JobRecord::isQueued)
                .map(JobRecord::device)
                .collect(Collectors.toSet());
    }

    /** Those that wait for a device. */
    DeviceQueue line(String device) {
        return lines.computeIfAbsent(
                device,
                named -> DeviceQueue.of(all(commission -> commission.device().equals(named))));
    }

    /** Those that ended before the last {@code kept}. */
    Collection<JobRecord> endedBefore(int kept) {
        List<JobRecord> ended = commissions.values().stream()
                .filter(commission -> !commission.isLive())
                .sorted(Comparator.comparing(
                                (JobRecord commission) -> commission.course().ended())
                        .thenComparing(BY_NUMBER))
                .toList();
        return ended.subList(0, Math.max(0, ended.size() - kept));
    }

    long nextNumber() {
        return lastNumber + 1;
    }
}
