package org.atelier.web.clients;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.atelier.web.a1111.A1111Servlet;
import org.atelier.web.a1111.ServedWebui;
import org.atelier.web.access.AccessRules;
import org.atelier.web.access.AccessToken;
import org.atelier.web.http.Endpoints;
import org.atelier.web.openai.OpenAiServlet;
import org.atelier.web.openai.ServedOpenAi;
import org.atelier.web.sets.FakeQueue;
import org.atelier.web.sets.ServedAtelier;

/** The servlets of all families of clients over fakes, on one server. */
final class ServedClients {

    /** More than the calls that may wait. */
    private static final int MAX_CONNECTIONS = 320;

    final ServedAtelier atelier;

    private final HttpClient client = HttpClient.newHttpClient();
    private OpenAiServlet openAi;
    private A1111Servlet webui;

    ServedClients(Path data) throws Exception {
        Map<String, BiFunction<FakeQueue, AccessToken, Servlet>> servlets = new HashMap<>();
        ServedOpenAi.PATHS.forEach(path -> servlets.put(path, (queue, access) -> {
            openAi = openAi == null ? ServedOpenAi.servlet(data, queue, access) : openAi;
            return openAi;
        }));
        ServedWebui.PATHS.forEach(path -> servlets.put(path, (queue, access) -> {
            webui = webui == null ? ServedWebui.servlet(data, queue, access) : webui;
            return webui;
        }));
        atelier = new ServedAtelier(data, AccessRules.ofThisMachine(), servlets, MAX_CONNECTIONS);
    }

    List<Endpoints> endpoints() {
        return List.of(openAi, webui);
    }

    /** @param path with its first segment */
    HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + atelier.port() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + atelier.token);
    }

    HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return client.send(call.build(), BodyHandlers.ofString());
    }

    /** Sends a call and returns when the head of its response is there. */
    HttpResponse<InputStream> stream(HttpRequest.Builder call) throws IOException, InterruptedException {
        return client.send(call.build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(call(path).POST(BodyPublishers.ofString(body)));
    }

    /** Sends a call without a thread that waits. @param caller with connections of its own */
    CompletableFuture<HttpResponse<String>> begin(HttpClient caller, String path, String body) {
        return caller.sendAsync(call(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** Sends a POST with headers as they are, and returns everything that comes back until the server closes. */
    String raw(String path, String headers, String body) throws IOException {
        return raw("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n%s"
                .formatted(path, atelier.token, headers, body));
    }

    /** Sends bytes as they are. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), atelier.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void stop() throws Exception {
        openAi.close();
        webui.close();
        atelier.stop();
    }
}
