package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends HTTP requests with retries, timeouts and cancellation. Errors and logs never contain the URL, as its query may contain a key. */
final class RetryingHttpClient {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingHttpClient.class);

    /** Far above the size of any expected response. */
    private static final long MAX_BYTES = 1 << 20;

    private static final long POLL_MILLISECONDS = 50;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** A response: status, body and Retry-After. */
    record Reply(int status, String body, Optional<Duration> retryAfter) {}

    private final RetryPolicy policy;
    private final Pause pause;
    private final DoubleSupplier random;
    private final Clock clock;
    private OkHttpClient client;

    /**
     * Creates a client.
     *
     * @param random returns random numbers from 0 to 1, for the jitter of delays
     */
    RetryingHttpClient(RetryPolicy policy, Pause pause, DoubleSupplier random, Clock clock) {
        this.policy = policy;
        this.pause = pause;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Sends GET; retries after 429, 5xx and failed connections.
     *
     * @param service the name used in errors
     * @return the response with any status except 429 and 5xx
     * @throws AtelierException SERVICE_UNREACHABLE if the service does not respond; CANCELLED
     */
    Reply get(HttpUrl url, String service, ReadingListener listener) {
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == policy.retries();
            Duration wait = policy.delay(attempt, random);
            try {
                Reply reply = send(url, listener);
                if (reply.status() != TOO_MANY_REQUESTS && reply.status() < SERVER_ERROR) {
                    return reply;
                }
                if (last || isTooLong(reply)) {
                    throw fault(service, failure(reply), null);
                }
                LOG.info("{} returned status {}", service, reply.status());
                wait = reply.retryAfter().orElse(wait);
            } catch (IOException e) {
                if (last) {
                    throw fault(service, reason(e), e);
                }
                LOG.info("{} cannot be reached: {}", service, reason(e));
            }
            pause.pause(wait, listener);
        }
    }

    /** Closes idle connections. */
    synchronized void close() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
            client = null;
        }
    }

    /** Creates the client on first use, as most commands never use it. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = new OkHttpClient.Builder()
                    .connectTimeout(policy.connect())
                    .callTimeout(policy.call())
                    .readTimeout(policy.call())
                    // Retries are done by this class.
                    .retryOnConnectionFailure(false)
                    // Requests sent over TLS must not be redirected to plain HTTP.
                    .followSslRedirects(false)
                    .build();
        }
        return client;
    }

    private boolean isTooLong(Reply reply) {
        return reply.retryAfter()
                .filter(retryAfter -> retryAfter.compareTo(policy.longest()) > 0)
                .isPresent();
    }

    private Reply send(HttpUrl url, ReadingListener listener) throws IOException {
        Call call = client().newCall(new Request.Builder().url(url).build());
        CompletableFuture<Reply> future = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                future.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call responded, Response response) {
                try (response) {
                    future.complete(read(response));
                } catch (IOException e) {
                    future.completeExceptionally(e);
                }
            }
        });
        return await(future, call, listener);
    }

    private Reply read(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (body.request(MAX_BYTES + 1)) {
            throw new IOException("the response is longer than a megabyte");
        }
        return new Reply(
                response.code(),
                body.getBuffer().readString(StandardCharsets.UTF_8),
                RetryAfter.of(response.header("Retry-After"), clock));
    }

    private static Reply await(CompletableFuture<Reply> future, Call call, ReadingListener listener)
            throws IOException {
        try {
            while (true) {
                if (listener.cancelled()) {
                    call.cancel();
                    throw cancelled();
                }
                try {
                    return future.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    LOG.trace("Waiting for a response", e);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    /** The exception after cancellation. */
    static AtelierException cancelled() {
        return new AtelierException(CANCELLED, "Cancelled while requesting the weather.");
    }

    private static String failure(Reply reply) {
        String retryAfter = reply.retryAfter()
                .map(wait -> ", Retry-After " + wait.toSeconds() + " s")
                .orElse("");
        return reply.status() == TOO_MANY_REQUESTS
                ? "rejected the request because of too many requests (status 429" + retryAfter + ")"
                : "failed (status %d%s)".formatted(reply.status(), retryAfter);
    }

    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "cannot be found; check the network connection";
        }
        if (e instanceof InterruptedIOException) {
            return "did not respond within " + policy.call().toMillis() / 1000.0 + " s";
        }
        return "did not respond: " + e.getMessage();
    }

    private static AtelierException fault(String service, String why, IOException cause) {
        String sentence = why + ".";
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "%s %s Try again later, or name the weather: --weather rain instead of --place."
                        .formatted(service, sentence),
                cause);
    }
}
