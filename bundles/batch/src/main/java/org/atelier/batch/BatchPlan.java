package org.atelier.batch;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.files.Sha256;

/**
 * What is to be done for each set of a batch in a folder.
 *
 * @param sets in the order of the batch
 */
record BatchPlan(List<PlannedSet> sets) {

    private static final String RECORD = "set.json";

    /** Makes a defensive copy. */
    BatchPlan {
        sets = List.copyOf(sets);
    }

    /**
     * A set.
     *
     * @param folder of its files
     * @param given SHA-256 of the request as it was given
     * @param request resolved; that of a complete set has its seed only
     * @param complete number of images if the set is complete
     */
    record PlannedSet(String name, Path folder, String given, SetRequest request, OptionalInt complete) {}

    /**
     * Plans and resolves a batch.
     *
     * @param folder of the batch; need not exist
     * @param entries of its journal
     * @throws AtelierException that lists every fault, one a line
     */
    static BatchPlan of(Batch batch, Path folder, BatchEntries entries, Studio studio, RequestFormat format) {
        Faults faults = new Faults();
        List<PlannedSet> sets = new ArrayList<>();
        SetResolver resolver = new SetResolver(studio);
        for (BatchSet set : batch.sets()) {
            Path own = folder.resolve(set.name());
            String given = Sha256.of(format.write(set.request()).getBytes(StandardCharsets.UTF_8));
            SetRequest request = set.request();
            Optional<BatchEntries.Started> started = entries.started(set.name())
                    .filter(earlier -> earlier.given().equals(given));
            if (started.isEmpty() && studio.hasSet(own)) {
                faults.add(new AtelierException(
                        OUTPUT_UNWRITABLE,
                        "%s has a set of another request; give the set another name, remove that folder, or choose another folder for the batch."
                                .formatted(own)));
                continue;
            }
            if (started.isPresent() && request.seed() == null) {
                request = request.toBuilder().seed(started.get().seed()).build();
            }
            OptionalInt complete = started.isPresent() && Files.isRegularFile(own.resolve(RECORD))
                    ? entries.complete(set.name())
                    : OptionalInt.empty();
            if (complete.isEmpty()) {
                request = resolver.resolve(set.name(), request);
            }
            sets.add(new PlannedSet(set.name(), own, given, request, complete));
        }
        resolver.addFaults(faults);
        faults.throwIfAny();
        return new BatchPlan(sets);
    }

    /** How many sets are complete. */
    int complete() {
        return (int) sets.stream().filter(set -> set.complete().isPresent()).count();
    }
}
