package org.atelier.web;

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
import java.util.function.Function;

/** Writes what is answered. */
record ApiResponse(HttpServletResponse response) {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** On one line, nulls included. */
    static String text(JsonElement json) {
        return GSON.toJson(json);
    }

    /** For every answer: nobody keeps it, nobody takes it for what it is not. */
    void prepare() {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    void json(int status, JsonElement json) throws IOException {
        byte[] bytes = text(json).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** An object with one member, a list. */
    <T> void list(String name, List<T> values, Function<T, JsonObject> form) throws IOException {
        JsonArray list = new JsonArray();
        values.forEach(value -> list.add(form.apply(value)));
        JsonObject json = new JsonObject();
        json.add(name, list);
        json(200, json);
    }

    void refusal(ApiError refusal) throws IOException {
        refusal.headers().forEach(response::setHeader);
        JsonObject json = new JsonObject();
        json.add("error", refusal.body());
        json(refusal.status(), json);
    }

    void file(FileChannel file, String type) throws IOException {
        response.setContentType(type);
        response.setContentLengthLong(file.size());
        Channels.newInputStream(file).transferTo(response.getOutputStream());
    }
}
