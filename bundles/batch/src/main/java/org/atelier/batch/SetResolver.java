package org.atelier.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** Resolves the sets of a batch, and collects their faults: one that many sets have is reported once. */
final class SetResolver {

    /** The number of sets with the same fault that are named. */
    private static final int MAX_NAMES = 3;

    private final Studio studio;
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    private record Fault(AtelierException exception, List<String> names) {}

    SetResolver(Studio studio) {
        this.studio = studio;
    }

    /** Returns the resolved request; the request itself if it has faults. */
    SetRequest resolve(String name, SetRequest request) {
        try {
            return studio.resolve(request);
        } catch (AtelierException e) {
            faults.computeIfAbsent(e.getMessage(), message -> new Fault(e, new ArrayList<>()))
                    .names()
                    .add(name);
            return request;
        }
    }

    /** Adds each fault with the names of its sets. */
    void addFaults(Faults all) {
        for (Fault fault : faults.values()) {
            String names = names(fault.names);
            fault.exception
                    .getMessage()
                    .lines()
                    .forEach(line -> all.add(new AtelierException(fault.exception.code(), names + ": " + line)));
        }
    }

    private static String names(List<String> names) {
        int others = names.size() - MAX_NAMES;
        return others > 1
                ? String.join(", ", names.subList(0, MAX_NAMES)) + " and " + others + " other sets"
                : String.join(", ", names);
    }
}
