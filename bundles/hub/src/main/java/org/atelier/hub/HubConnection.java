package org.atelier.hub;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends requests to the hub. Follows redirects itself, so that the token is sent to the hub only. */
final class HubConnection implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 10;

    private final HubSettings settings;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(CONNECT)
            .readTimeout(READ)
            .build();

    HubConnection(HubSettings settings) {
        this.settings = settings;
    }

    /** A builder for URLs of the endpoint. */
    HttpUrl.Builder address() {
        return settings.endpoint().newBuilder();
    }

    /** Sends GET and follows all redirects. */
    Response get(HttpUrl url) throws IOException {
        return followed(request(url).build(), false);
    }

    /**
     * Requests a file from an offset.
     *
     * @param from the offset in bytes
     */
    Response file(HttpUrl url, long from) throws IOException {
        Request.Builder request = request(url).header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return followed(request.build(), false);
    }

    /** Sends HEAD for a file. A redirect to another host already has the headers and is not followed. */
    Response head(HttpUrl url) throws IOException {
        return followed(
                request(url).head().header("Accept-Encoding", "identity").build(), true);
    }

    /** Whether a URL has the hub's origin, as opposed to that of a store it redirects to. */
    boolean isHub(HttpUrl url) {
        return isSameOrigin(url, settings.endpoint());
    }

    private Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url).header("User-Agent", "atelier");
        if (isHub(url)) {
            settings.token().ifPresent(token -> request.header("Authorization", token.authorization()));
        }
        return request;
    }

    private Response followed(Request first, boolean relativeOnly) throws IOException {
        Request request = first;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            Response response = client.newCall(request).execute();
            Optional<HttpUrl> target = target(response, relativeOnly);
            if (target.isEmpty()) {
                return response;
            }
            response.close();
            request = redirected(request, target.get());
        }
        throw new ProtocolException("there are too many redirects");
    }

    private static Optional<HttpUrl> target(Response response, boolean relativeOnly) {
        String location = response.header("Location");
        if (!response.isRedirect() || location == null) {
            return Optional.empty();
        }
        boolean relative = location.startsWith("/") && !location.startsWith("//");
        return relative || !relativeOnly
                ? Optional.ofNullable(response.request().url().resolve(location))
                : Optional.empty();
    }

    private static Request redirected(Request request, HttpUrl target) throws ProtocolException {
        if (request.isHttps() && !target.isHttps()) {
            throw new ProtocolException("it redirects from https to http");
        }
        Request.Builder next = request.newBuilder().url(target);
        if (!isSameOrigin(request.url(), target)) {
            next.removeHeader("Authorization");
        }
        return next.build();
    }

    private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    /** Closes idle connections. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
