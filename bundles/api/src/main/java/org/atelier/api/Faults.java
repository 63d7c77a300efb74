package org.atelier.api;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is wrong with a request, gathered so that the user hears of it at once. */
public final class Faults {

    private final List<AtelierException> found = new ArrayList<>();

    public void add(String sentence) {
        found.add(new AtelierException(INVALID_REQUEST, sentence));
    }

    public void add(AtelierException fault) {
        found.add(fault);
    }

    /** Adds what is wrong with one part of the request, named in front of each sentence. */
    public void addAll(String part, Faults faults) {
        faults.found.forEach(fault -> found.add(new AtelierException(fault.code(), part + ": " + fault.getMessage())));
    }

    /** Adds everything that others found. */
    public void addAll(Faults others) {
        found.addAll(others.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Adds the sentence unless all is well. */
    public void unless(boolean well, String sentence) {
        if (!well) {
            add(sentence);
        }
    }

    /**
     * Ends the work if anything is wrong.
     *
     * @throws AtelierException with every sentence on its own line, of the kind that all have in common, else an
     *     invalid request
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw asOne();
        }
    }

    /** All that was found, which is something, as {@link #throwIfAny} throws it. */
    public AtelierException asOne() {
        if (found.size() == 1) {
            return found.get(0);
        }
        Set<AtelierException.Code> codes =
                found.stream().map(AtelierException::code).collect(Collectors.toCollection(LinkedHashSet::new));
        return new AtelierException(
                codes.size() == 1 ? codes.iterator().next() : INVALID_REQUEST,
                found.stream().map(AtelierException::getMessage).collect(Collectors.joining("\n")));
    }
}
