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

/**
 * Asks services over HTTP: again where that may help, never for longer than is decent, until the listener says to stop.
 * Of a URL only the host is ever told, for its query may hold a key.
 */
final class RetryingHttpClient {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingHttpClient.class);

    /** Far above any answer that is wanted. */
    private static final long MOST_BYTES = 1 << 20;

    private static final long GLANCE_MILLISECONDS = 50;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** A status and a body. */
    record Reply(int status, String body, Optional<Duration> retryAfter) {}

    private final RetryPolicy patience;
    private final Pause pause;
    private final DoubleSupplier chance;
    private final Clock clock;
    private OkHttpClient client;

    /**
     * Takes what decides of time.
     *
     * @param chance from 0 to 1, for the length of pauses
     */
    RetryingHttpClient(RetryPolicy patience, Pause pause, DoubleSupplier chance, Clock clock) {
        this.patience = patience;
        this.pause = pause;
        this.chance = chance;
        this.clock = clock;
    }

    /**
     * Asks, and asks again after 429, 5xx and a failed connection.
     *
     * @param service what faults name
     * @return the reply, whatever its status but 429 and 5xx
     * @throws AtelierException if the service does not answer, or the listener said to stop
     */
    Reply get(HttpUrl url, String service, ReadingListener listener) {
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == patience.retries();
            Duration wait = patience.before(attempt, chance);
            try {
                Reply reply = once(url, listener);
                if (reply.status() != TOO_MANY_REQUESTS && reply.status() < SERVER_ERROR) {
                    return reply;
                }
                if (last || tooLong(reply)) {
                    throw fault(service, refused(reply), null);
                }
                LOG.info("{} answered with status {}", service, reply.status());
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

    /** Ends the connections that are kept. */
    synchronized void close() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
            client = null;
        }
    }

    /** Made when first asked for: most commands never ask. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = new OkHttpClient.Builder()
                    .connectTimeout(patience.connect())
                    .callTimeout(patience.call())
                    .readTimeout(patience.call())
                    // Retries are counted here.
                    .retryOnConnectionFailure(false)
                    // What was asked under TLS is not told without.
                    .followSslRedirects(false)
                    .build();
        }
        return client;
    }

    private boolean tooLong(Reply reply) {
        return reply.retryAfter()
                .filter(asked -> asked.compareTo(patience.longest()) > 0)
                .isPresent();
    }

    private Reply once(HttpUrl url, ReadingListener listener) throws IOException {
        Call call = client().newCall(new Request.Builder().url(url).build());
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    answer.complete(read(response));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        return awaited(answer, call, listener);
    }

    private Reply read(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (body.request(MOST_BYTES + 1)) {
            throw new IOException("the answer is longer than a megabyte");
        }
        return new Reply(
                response.code(),
                body.getBuffer().readString(StandardCharsets.UTF_8),
                RetryAfter.of(response.header("Retry-After"), clock));
    }

    private static Reply awaited(CompletableFuture<Reply> answer, Call call, ReadingListener listener)
            throws IOException {
        try {
            while (true) {
                if (listener.cancelled()) {
                    call.cancel();
                    throw stopped();
                }
                try {
                    return answer.get(GLANCE_MILLISECONDS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    LOG.trace("Waiting for an answer", e);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    /** What the user hears who said to stop. */
    static AtelierException stopped() {
        return new AtelierException(CANCELLED, "Cancelled while the weather was asked for.");
    }

    private static String refused(Reply reply) {
        String asked = reply.retryAfter()
                .map(wait -> " and asks to wait " + wait.toSeconds() + " s")
                .orElse("");
        return reply.status() == TOO_MANY_REQUESTS
                ? "takes no more requests for now (429)" + asked
                : "is out of order (%d)%s".formatted(reply.status(), asked);
    }

    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "is not found; is this machine online?";
        }
        if (e instanceof InterruptedIOException) {
            return "does not answer within " + patience.call().toMillis() / 1000.0 + " s";
        }
        return "does not answer: " + e.getMessage();
    }

    private static AtelierException fault(String service, String why, IOException cause) {
        String sentence = why.endsWith("?") ? why : why + ".";
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "%s %s Try again later, or leave the place out.".formatted(service, sentence),
                cause);
    }
}
