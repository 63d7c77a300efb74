package org.atelier.hub;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Single requests to the hub. Redirects are followed here, so that the token stays where it belongs. */
final class HubConnection implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;

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

    /** An address below the endpoint. */
    HttpUrl.Builder address() {
        return settings.endpoint().newBuilder();
    }

    /** Asks for an address of the hub and follows it anywhere. */
    Response get(HttpUrl url) throws IOException {
        return followed(request(url).build(), false);
    }

    /**
     * Asks for a file, from some byte on.
     *
     * @param from 0 for all of it
     */
    Response file(HttpUrl url, long from) throws IOException {
        Request.Builder request = request(url).header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return followed(request.build(), false);
    }

    /** Asks what the hub says of a file; an answer that leads to where the file really is says it too, and is not followed. */
    Response head(HttpUrl url) throws IOException {
        return followed(
                request(url).head().header("Accept-Encoding", "identity").build(), true);
    }

    /** Whether an address is the hub's own, and not that of a store that it leads to. */
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
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Response response = client.newCall(request).execute();
            Optional<HttpUrl> target = target(response, relativeOnly);
            if (target.isEmpty()) {
                return response;
            }
            response.close();
            request = redirected(request, target.get());
        }
        throw new ProtocolException("it redirects in circles");
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
            throw new ProtocolException("it leads from an encrypted connection to one that is not");
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

    /** Ends idle connections. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
