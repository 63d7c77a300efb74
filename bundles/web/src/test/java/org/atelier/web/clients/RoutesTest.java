package org.atelier.web.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.web.http.ApiRoute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /v1/capabilities} lists is what the servlets answer: no route less, and no method more. */
@Timeout(60)
class RoutesTest {

    private static final List<String> METHODS = List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    @TempDir
    private Path data;

    private ServedClients clients;

    @BeforeEach
    void serve() throws Exception {
        clients = new ServedClients(data);
    }

    @AfterEach
    void stop() throws Exception {
        clients.stop();
    }

    @Test
    void everyListedRouteIsAnsweredAndNoOtherMethodOfItsPath() throws Exception {
        Map<String, TreeSet<String>> methods = new TreeMap<>();
        for (String signature : listed()) {
            String[] parts = signature.split("[ ?]");
            // The name of a variable is none of a job, a style or a model.
            methods.computeIfAbsent(parts[1].replaceAll("[A-Z.]+", "x"), path -> new TreeSet<>())
                    .add(parts[0]);
        }
        for (Map.Entry<String, TreeSet<String>> path : methods.entrySet()) {
            List<String> answered = new ArrayList<>();
            for (String method : METHODS) {
                int status = status(method, path.getKey());
                if (status != 405) {
                    answered.add(method);
                }
            }
            answered.remove("HEAD");
            assertEquals(List.copyOf(path.getValue()), answered, path.getKey());
        }
    }

    /** Calls a route, and does not wait for the end of a stream. */
    private int status(String method, String path) throws Exception {
        HttpResponse<InputStream> response = clients.stream(clients.call(path).method(method, BodyPublishers.noBody()));
        try (InputStream body = response.body()) {
            if (response.statusCode() == 404 && !method.equals("HEAD")) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                assertNotEquals("not_found", code(404, text), method + " " + path);
            }
        }
        return response.statusCode();
    }

    @Test
    void otherPathsAreNotFound() throws Exception {
        for (String path : List.of(
                "/v1/images",
                "/v1/images/variations",
                "/v1/images/generations/x",
                "/v1/styles/x/y",
                "/v1/nothing",
                "/sdapi/v1/nothing",
                "/sdapi/v1/txt2img/x",
                "/sdapi/v1")) {
            HttpResponse<String> response = clients.send(clients.call(path));
            assertEquals(404, response.statusCode(), path);
            assertEquals("not_found", code(404, response.body()), path);
        }
    }

    /** The servlet of the API lists its own routes; the framework gives it those of the others. */
    private List<String> listed() throws Exception {
        List<String> listed = new ArrayList<>();
        JsonParser.parseString(clients.send(clients.call("/v1/capabilities")).body())
                .getAsJsonObject()
                .getAsJsonArray("endpoints")
                .forEach(endpoint -> listed.add(endpoint.getAsString()));
        clients.endpoints().forEach(other -> {
            assertFalse(other.routes().isEmpty());
            other.routes().stream().map(ApiRoute::signature).forEach(listed::add);
        });
        return listed;
    }

    /** The code of an error in the form of either family; empty for other responses. */
    private static String code(int status, String body) {
        if (status < 400 || body.isEmpty()) {
            return "";
        }
        JsonElement error = JsonParser.parseString(body).getAsJsonObject().get("error");
        return error.isJsonObject() ? error.getAsJsonObject().get("code").getAsString() : error.getAsString();
    }
}
