package org.atelier.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.atelier.api.health.Finding;
import org.atelier.api.health.Finding.Severity;

/** A check that runs on a thread of its own. A check that fails or does not finish in time is itself a finding. */
final class RunningCheck {

    private final String name;
    private final Thread thread;
    private final CompletableFuture<Result> result;

    private RunningCheck(String name, Thread thread, CompletableFuture<Result> result) {
        this.name = name;
        this.thread = thread;
        this.result = result;
    }

    static RunningCheck begin(String name, Supplier<Result> check) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(check, result), "check of " + name);
        thread.setDaemon(true);
        thread.start();
        return new RunningCheck(name, thread, result);
    }

    /** Runs the check; reports whatever it throws, since it may be third-party code. */
    private static void run(Supplier<Result> check, CompletableFuture<Result> result) {
        try {
            result.complete(check.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** @param timeout how long to wait for the result */
    List<Finding> findings(Duration timeout) {
        try {
            return reported(result.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            thread.interrupt();
            return List.of(fault("The check did not finish in time."));
        } catch (ExecutionException e) {
            return List.of(fault("The check failed: " + Cause.of(e.getCause()) + "."));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return List.of(fault("The check was interrupted."));
        }
    }

    private Finding fault(String message) {
        return new Finding(name, Severity.FAULT, name, message, "See the log for details.");
    }

    /** Converts the entries to findings, without debug entries. */
    private List<Finding> reported(Result result) {
        List<Finding> findings = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            if (!entry.isDebug()) {
                findings.add(finding(entry));
            }
        }
        return findings.isEmpty()
                ? List.of(new Finding(name, severity(result.getStatus()), name, "It reports nothing else.", ""))
                : findings;
    }

    private Finding finding(ResultLog.Entry entry) {
        Severity severity = severity(entry.getStatus());
        if (entry instanceof Findings.Entry own) {
            return new Finding(name, severity, own.subject(), own.found(), own.remedy());
        }
        String cause = entry.getException() == null ? "" : " (" + Cause.of(entry.getException()) + ")";
        return new Finding(name, severity, name, entry.getMessage() + cause, "");
    }

    private static Severity severity(Result.Status status) {
        return switch (status) {
            case OK -> Severity.OK;
            case WARN, TEMPORARILY_UNAVAILABLE -> Severity.WARNING;
            case CRITICAL, HEALTH_CHECK_ERROR -> Severity.FAULT;
        };
    }
}
