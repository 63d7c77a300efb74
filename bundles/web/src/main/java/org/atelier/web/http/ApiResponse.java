package org.atelier.web.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes responses of the API. */
public record ApiResponse(HttpServletResponse servletResponse) {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** The headers of every response, which forbid caching, content sniffing, embedding and any content of a page. */
    public static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer");

    /** Returns JSON on one line, with nulls. */
    public static String text(JsonElement json) {
        return GSON.toJson(json);
    }

    /** Writes JSON as the whole response. */
    public void json(int status, JsonElement json) throws IOException {
        byte[] bytes = text(json).getBytes(StandardCharsets.UTF_8);
        servletResponse.setStatus(status);
        servletResponse.setContentType("application/json");
        servletResponse.setContentLength(bytes.length);
        servletResponse.getOutputStream().write(bytes);
    }

    /** Writes an object whose only member is a list. */
    public <T> void list(String name, List<T> values, Function<T, JsonObject> toJson) throws IOException {
        JsonArray list = new JsonArray();
        values.forEach(value -> list.add(toJson.apply(value)));
        JsonObject json = new JsonObject();
        json.add(name, list);
        json(200, json);
    }

    /** Writes an error as the whole response. */
    public void error(ApiError error, ErrorFormat format) throws IOException {
        error.headers().forEach(servletResponse::setHeader);
        json(error.status(), format.of(error));
    }

    /** Writes a file as the whole response. */
    public void file(FileChannel file, String type) throws IOException {
        servletResponse.setContentType(type);
        servletResponse.setContentLengthLong(file.size());
        Channels.newInputStream(file).transferTo(servletResponse.getOutputStream());
    }
}
