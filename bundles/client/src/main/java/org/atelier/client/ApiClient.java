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
 * Calls the door of a server.
 *
 * @param client never through a proxy, since all is on this machine
 * @param address of the door
 * @param token what it asks for
 */
record ApiClient(OkHttpClient client, URI address, String token) {

    private static final MediaType JSON = MediaType.get("application/json");

    /** A submission is checked, model and plugins, before it is answered. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static OkHttpClient connections() {
        return new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(PATIENCE)
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

    <T> List<T> list(String path, Function<JsonObject, T> form) {
        return list(path, path, form);
    }

    <T> List<T> list(String path, String member, Function<JsonObject, T> form) {
        return StreamSupport.stream(get(List.of(path)).getAsJsonArray(member).spliterator(), false)
                .map(entry -> form.apply(entry.getAsJsonObject()))
                .toList();
    }

    /** A call whose answer is read while it comes, and may pause for as long as heartbeats do. */
    Call events(List<String> path) {
        OkHttpClient patient =
                client.newBuilder().readTimeout(Duration.ofMinutes(1)).build();
        return patient.newCall(
                request(path, Map.of()).header("Accept", "text/event-stream").build());
    }

    /**
     * The answer of a call, to be closed.
     *
     * @throws AtelierException what the server complains of, if it does
     */
    Response answer(Call call) {
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
        try (Response response = answer(client.newCall(request))) {
            return read(response);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static AtelierException fault(Response response) throws IOException {
        JsonObject answer = read(response);
        if (!answer.has("error")) {
            throw new IOException("it answers " + response.code());
        }
        return FaultJson.read(answer.getAsJsonObject("error"));
    }

    private static JsonObject read(Response response) throws IOException {
        try {
            return JsonParser.parseString(response.body().string()).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("it answers " + response.code() + " with something else than JSON", e);
        }
    }

    private AtelierException unreachable(IOException cause) {
        return new AtelierException(
                SERVICE_UNREACHABLE,
                "The Atelier at %s does not answer: %s; if it has stopped, start it again: atelier serve"
                        .formatted(address, cause.getMessage()),
                cause);
    }
}
