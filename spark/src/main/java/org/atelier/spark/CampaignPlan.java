package org.atelier.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be done for each set of a campaign.
 *
 * @param sets in the order of the campaign
 */
record CampaignPlan(List<PlannedSet> sets) {

    CampaignPlan {
        sets = List.copyOf(sets);
    }

    /**
     * Compares a campaign with what its folder has. A set keeps the request as it was resolved at first, with its seed and the
     * texts of its contexts, and its slices as soon as one is stored.
     *
     * @param resolved the sets of the campaign
     * @param earlier the plan of the same command before
     * @throws JobException that names every set whose request has changed
     */
    static CampaignPlan of(List<CampaignSet> resolved, StoredPlan earlier, OutputStore store, SlicePlanner planner)
            throws IOException {
        Set<String> folders = new HashSet<>(store.list(""));
        Set<String> recordFolders = new HashSet<>(store.list(PlannedSet.sliceRecords("")));
        List<String> faults = new ArrayList<>();
        List<PlannedSet> sets = new ArrayList<>();
        for (CampaignSet set : resolved) {
            String name = set.name();
            StoredPlan.Entry entry = earlier.sets().get(name);
            if (entry != null && entry.set().given().equals(set.given())) {
                boolean complete = folders.contains(name) && store.exists(PlannedSet.record(name));
                Set<String> records = recordFolders.contains(name)
                        ? new HashSet<>(store.list(PlannedSet.sliceRecords(name)))
                        : Set.of();
                sets.add(new PlannedSet(
                        entry.set(),
                        entry.slices(),
                        entry.slices().stream()
                                .filter(slice -> records.contains(PlannedSet.sliceFile(slice)))
                                .collect(Collectors.toSet()),
                        complete));
            } else if (recordFolders.contains(name)
                    || (folders.contains(name) && !store.list(name).isEmpty())) {
                faults.add(
                        "%s/%s has a set of another request; give the set another name, remove that folder and %s, or choose another folder for the batch."
                                .formatted(store.uri(), name, PlannedSet.sliceRecords(name)));
            } else {
                sets.add(new PlannedSet(set, List.of(), Set.of(), false));
            }
        }
        if (!faults.isEmpty()) {
            throw new JobException("output_unwritable", String.join("\n", faults));
        }
        return divided(sets, planner);
    }

    private static CampaignPlan divided(List<PlannedSet> sets, SlicePlanner planner) {
        Map<String, List<ImageNumbers>> slices = planner.divide(sets.stream()
                .filter(CampaignPlan::isUntouched)
                .map(PlannedSet::set)
                .toList());
        return new CampaignPlan(sets.stream()
                .map(set -> isUntouched(set) ? set.divided(slices.get(set.name())) : set)
                .toList());
    }

    private static boolean isUntouched(PlannedSet set) {
        return !set.complete() && set.recorded().isEmpty();
    }

    List<PlannedSet> pending() {
        return sets.stream().filter(set -> !set.complete()).toList();
    }

    int images() {
        return sets.stream().mapToInt(set -> set.set().images()).sum();
    }
}
