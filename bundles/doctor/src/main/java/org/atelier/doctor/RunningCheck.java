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

/** One check at work on a thread of its own: one that fails, or never comes to an end, is a finding itself. */
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

    /** A check may be anybody's; whatever it throws is reported. */
    private static void run(Supplier<Result> check, CompletableFuture<Result> result) {
        try {
            result.complete(check.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** @param patience how long is waited for its end */
    List<Finding> findings(Duration patience) {
        try {
            return told(result.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            thread.interrupt();
            return List.of(fault("The check itself did not come to an end in time."));
        } catch (ExecutionException e) {
            return List.of(fault("The check itself failed: " + Cause.of(e.getCause()) + "."));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return List.of(fault("The check was broken off."));
        }
    }

    private Finding fault(String message) {
        return new Finding(name, Severity.FAULT, name, message, "The log may say more.");
    }

    /** What is only for its author is left out. */
    private List<Finding> told(Result result) {
        List<Finding> findings = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            if (!entry.isDebug()) {
                findings.add(finding(entry));
            }
        }
        return findings.isEmpty()
                ? List.of(new Finding(name, severity(result.getStatus()), name, "It says nothing else.", ""))
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
