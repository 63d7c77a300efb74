package org.atelier.client;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 */
record ApiClient(OkHttpClient client, URI address, String token) {

    private static final MediaType JSON = MediaType.get("application/json");

    /** Long, because a server checks the model and plugins of a submission before it responds. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

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

    /** Returns a call of an event stream. Its read timeout is longer than the interval of heartbeats. */
    Call events(List<String> path) {
        OkHttpClient streaming =
                client.newBuilder().readTimeout(Duration.ofMinutes(1)).build();
        return streaming.newCall(
                request(path, Map.of()).header("Accept", "text/event-stream").build());
    }

    /**
     * Executes a call and returns its response, which the caller closes.
     *
     * @throws AtelierException the error of the server, or {@code SERVICE_UNREACHABLE}
     */
    Response execute(Call call) {
        try {
            Response response = call.execute();
            if (response.isSuccessful()) {
                return response;
            }
            try (response) {
                throw fault(response);
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private Request.Builder request(List<String> path, Map<String, String> query) {
        HttpUrl.Builder url = HttpUrl.get(address).newBuilder().addPathSegment("v1");
        path.forEach(url::addPathSegment);
        query.forEach(url::addQueryParameter);
        return new Request.Builder().url(url.build()).header("Authorization", "Bearer " + token);
    }

    private JsonObject send(Request request) {
        try (Response response = execute(client.newCall(request))) {
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
