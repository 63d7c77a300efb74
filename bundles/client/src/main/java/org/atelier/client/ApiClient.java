package org.atelier.client;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.wire.FaultJson;

/**
 * An HTTP client of the API of a server on this machine.
 *
 * @param client must not use a proxy
 * @param address the address of the server
 * @param token the token of the server
 * @param retry how long calls are repeated that the server refuses by 503: it starts, stops, or replaces a plugin
 */
record ApiClient(OkHttpClient client, URI address, String token, Duration retry) {

    private static final MediaType JSON = MediaType.get("application/json");

    /** Long, because a server checks the model and plugins of a submission before it responds. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    private static final int UNAVAILABLE = 503;
    private static final int PAUSE_MILLISECONDS = 500;

    /** Returns a client for HTTP. */
    static OkHttpClient httpClient() {
        return new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(READ_TIMEOUT)
                .build();
    }

    JsonObject get(List<String> path) {
        return send(request(path, Map.of()).get().build());
    }

    JsonObject post(List<String> path, Map<String, String> query, String body) {
        return send(request(path, query).post(RequestBody.create(body, JSON)).build());
    }

    JsonObject delete(List<String> path) {
        return send(request(path, Map.of()).delete().build());
    }

    <T> List<T> list(String path, Function<JsonObject, T> parser) {
        return list(path, path, parser);
    }

    <T> List<T> list(String path, String member, Function<JsonObject, T> parser) {
        return StreamSupport.stream(get(List.of(path)).getAsJsonArray(member).spliterator(), false)
                .map(entry -> parser.apply(entry.getAsJsonObject()))
                .toList();
    }

    /**
     * Opens an event stream. Its read timeout is longer than the interval of heartbeats.
     *
     * @return a successful exchange; the caller closes its response
     */
    Exchange events(List<String> path) {
        OkHttpClient streaming =
                client.newBuilder().readTimeout(Duration.ofMinutes(1)).build();
        return execute(
                streaming,
                request(path, Map.of()).header("Accept", "text/event-stream").build());
    }

    /** A call and its response. */
    record Exchange(Call call, Response response) {}

    /**
     * Executes a call. Repeats it while the server returns 503: such a call had no effect.
     *
     * @return a successful exchange; the caller closes its response
     * @throws AtelierException the error of the server, or {@code SERVICE_UNREACHABLE}
     */
    private Exchange execute(OkHttpClient with, Request request) {
        long deadline = System.nanoTime() + retry.toNanos();
        try {
            while (true) {
                Call call = with.newCall(request);
                Response response = call.execute();
                if (response.isSuccessful()) {
                    return new Exchange(call, response);
                }
                try (response) {
                    if (response.code() != UNAVAILABLE || System.nanoTime() > deadline) {
                        throw fault(response);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(new InterruptedIOException("the call was interrupted"));
        }
    }

    private Request.Builder request(List<String> path, Map<String, String> query) {
        HttpUrl.Builder url = HttpUrl.get(address).newBuilder().addPathSegment("v1");
        path.forEach(url::addPathSegment);
        query.forEach(url::addQueryParameter);
        return new Request.Builder().url(url.build()).header("Authorization", "Bearer " + token);
    }

    private JsonObject send(Request request) {
        try (Response response = execute(client, request).response()) {
            return read(response);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static AtelierException fault(Response response) throws IOException {
        JsonObject body = read(response);
        if (!body.has("error")) {
            throw new IOException("it returned HTTP status " + response.code());
        }
        return FaultJson.read(body.getAsJsonObject("error"));
    }

    private static JsonObject read(Response response) throws IOException {
        try {
            return JsonParser.parseString(response.body().string()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("it returned HTTP status " + response.code() + " without valid JSON", e);
        }
    }

    private AtelierException unreachable(IOException cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "The Atelier server at %s does not respond: %s; if it has stopped, start it again: atelier serve"
                        .formatted(address, cause.getMessage()),
                cause);
    }
}
