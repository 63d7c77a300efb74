package org.atelier.api;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects all faults of a request, so that one error reports them together. */
public final class Faults {

    private final List<AtelierException> found = new ArrayList<>();

    public void add(String sentence) {
        found.add(new AtelierException(INVALID_REQUEST, sentence));
    }

    public void add(AtelierException fault) {
        found.add(fault);
    }

    /** Adds the faults of one part of the request; the part's name precedes each sentence. */
    public void addAll(String part, Faults faults) {
        faults.found.forEach(fault -> found.add(new AtelierException(fault.code(), part + ": " + fault.getMessage())));
    }

    /** Adds all of the other faults. */
    public void addAll(Faults others) {
        found.addAll(others.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Adds the sentence if the condition is false. */
    public void require(boolean condition, String sentence) {
        if (!condition) {
            add(sentence);
        }
    }

    /**
     * Throws an exception if there is any fault.
     *
     * @throws AtelierException with each sentence on its own line; its code is that of all faults if they agree, else
     *     {@code INVALID_REQUEST}
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw toException();
        }
    }

    /** The exception that {@link #throwIfAny} throws; there must be at least one fault. */
    public AtelierException toException() {
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
