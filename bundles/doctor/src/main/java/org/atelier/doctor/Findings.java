package org.atelier.doctor;

import static org.apache.felix.hc.api.Result.Status.CRITICAL;
import static org.apache.felix.hc.api.Result.Status.OK;
import static org.apache.felix.hc.api.Result.Status.WARN;

import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** What a check finds, told as every reader of Felix health checks understands it. */
public final class Findings {

    private final ResultLog log = new ResultLog();

    /** An entry that knows its parts, which its message has too. */
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
     * Something does not work.
     *
     * @param found a sentence
     * @param remedy a sentence
     */
    public void fault(String subject, String found, String remedy) {
        log.add(new Entry(CRITICAL, subject, found, remedy));
    }

    /** Something works otherwise than somebody may think, or not for long. */
    public void warning(String subject, String found, String remedy) {
        log.add(new Entry(WARN, subject, found, remedy));
    }

    /** Something is as it should be; the one such finding tells what was looked at. */
    public void fine(String subject, String found) {
        log.add(new Entry(OK, subject, found, ""));
    }

    public Result result() {
        return new Result(log);
    }
}
