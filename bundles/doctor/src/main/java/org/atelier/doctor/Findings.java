package org.atelier.doctor;

import static org.apache.felix.hc.api.Result.Status.CRITICAL;
import static org.apache.felix.hc.api.Result.Status.OK;
import static org.apache.felix.hc.api.Result.Status.WARN;

import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** Collects the findings of a check as a result of Felix health checks. */
public final class Findings {

    private final ResultLog log = new ResultLog();

    /** An entry that holds the parts of its message. */
    static final class Entry extends ResultLog.Entry {

        private final String subject;
        private final String found;
        private final String remedy;

        private Entry(Result.Status status, String subject, String found, String remedy) {
            super(status, (subject + ": " + found + " " + remedy).strip());
            this.subject = subject;
            this.found = found;
            this.remedy = remedy;
        }

        String subject() {
            return subject;
        }

        String found() {
            return found;
        }

        String remedy() {
            return remedy;
        }
    }

    /**
     * Adds a fault: something does not work.
     *
     * @param found a sentence
     * @param remedy a sentence
     */
    public void fault(String subject, String found, String remedy) {
        log.add(new Entry(CRITICAL, subject, found, remedy));
    }

    /** Adds a warning: something may work differently than expected, or not for long. */
    public void warning(String subject, String found, String remedy) {
        log.add(new Entry(WARN, subject, found, remedy));
    }

    /** Adds an entry for what was checked and is in order. */
    public void fine(String subject, String found) {
        log.add(new Entry(OK, subject, found, ""));
    }

    public Result result() {
        return new Result(log);
    }
}
