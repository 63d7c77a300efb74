package org.atelier.it.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.atelier.api.server.Servers;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** An HTTP client of the server that may stop its bundles. */
public final class Caller {

    static final String SERVER = "server.json";
    static final String TOKEN = "token";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Enough to see a set while it is generated, from the other end of a connection. */
    private static final int STEPS = 40;

    private final BundleContext context = FrameworkUtil.getBundle(Caller.class).getBundleContext();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    Path data() {
        return Path.of(context.getProperty("atelier.data"));
    }

    boolean hasServerFile() {
        return Files.exists(data().resolve(SERVER));
    }

    /** The client's view of the data folder, whatever it finds there. */
    Servers servers() {
        return service(Servers.class);
    }

    /** Waits for the server file and returns the server. */
    Server server() throws IOException, InterruptedException {
        try (WatchService watch = data().getFileSystem().newWatchService()) {
            data().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!hasServerFile()) {
                WatchKey seen = watch.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (seen == null) {
                    throw new IllegalStateException("the server file does not appear");
                }
                seen.pollEvents();
                seen.reset();
            }
        }
        return servers().of(data());
    }

    <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the HTTP status of a call with this token. */
    int status(URI address, String path, String token) throws IOException, InterruptedException {
        HttpRequest call = HttpRequest.newBuilder(address.resolve("/v1/" + path))
                .header("Authorization", "Bearer " + token)
                .timeout(TIMEOUT)
                .build();
        return http.send(call, BodyHandlers.discarding()).statusCode();
    }

    /** Returns the HTTP status of a call without a token. */
    int status(URI address, String path) throws IOException, InterruptedException {
        HttpRequest call = HttpRequest.newBuilder(address.resolve("/v1/" + path))
                .timeout(TIMEOUT)
                .build();
        return http.send(call, BodyHandlers.discarding()).statusCode();
    }

    Job submit(SetQueue queue, String name) {
        return queue.submit(request("none"), SetOutput.to(data().resolveSibling(name)), "caller");
    }

    static SetRequest request(String attention) {
        return SetRequest.builder()
                .prompts("a house", "a fish")
                .attention(attention)
                .seed(1L)
                .steps(STEPS)
                .width(64)
                .height(64)
                .build();
    }

    /** Waits until the queue tells that it is so. */
    static Job await(SetQueue queue, Job job, Predicate<Job> condition) throws Exception {
        CompletableFuture<Job> met = new CompletableFuture<>();
        SetQueue.Subscription following = queue.subscribe(job.id(), now -> {
            if (condition.test(now)) {
                met.complete(now);
            }
        });
        try {
            return met.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            following.close();
        }
    }

    static Job awaitEnd(SetQueue queue, Job job) throws Exception {
        return await(queue, job, now -> now.state().isEnd());
    }

    /** Waits until the network has generated a step of it. */
    static Job awaitGeneration(SetQueue queue, Job job) throws Exception {
        return await(
                queue,
                job,
                now -> now.progress() != null
                        && now.progress().phase() == Progress.Phase.GENERATING
                        && now.progress().done() > 0);
    }

    static String end(Job job) {
        return job.state() + " " + job.images().size() + " images";
    }

    /** The error code of a refused call, or else its result. */
    static String error(Supplier<?> call) {
        try {
            return "not refused: " + call.get();
        } catch (AtelierException e) {
            return e.code().toString();
        }
    }

    static boolean hasThread(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(isCalled(prefix));
    }

    /** Whether one still runs after all had time to end. */
    static boolean keepsThread(String prefix) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (isCalled(prefix).test(thread)) {
                thread.join(TIMEOUT.toMillis());
                if (thread.isAlive()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Predicate<Thread> isCalled(String prefix) {
        return thread -> thread.getName().startsWith(prefix);
    }
}
