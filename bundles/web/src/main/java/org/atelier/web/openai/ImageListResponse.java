package org.atelier.web.openai;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.web.calls.PendingResponse;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;

/** A JSON object with all images, written one by one to limit memory. */
final class ImageListResponse implements PendingResponse {

    private final OutputFormat format;

    ImageListResponse(OutputFormat format) {
        this.format = format;
    }

    @Override
    public void completed(Job job, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setHeader("Atelier-Job", job.id());
        OutputStream out = response.getOutputStream();
        List<GeneratedImage> images = SetImages.of(job);
        String head = ApiResponse.text(head(job));
        write(out, head.substring(0, head.length() - 1) + ",\"data\":[");
        String separator = "";
        for (GeneratedImage image : images) {
            write(out, separator);
            separator = ",";
            write(out, image);
        }
        write(out, "]}");
    }

    private JsonObject head(Job job) {
        JsonObject head = new JsonObject();
        head.addProperty("created", Instant.now().getEpochSecond());
        head.addProperty("background", "opaque");
        head.addProperty("output_format", format.text());
        head.addProperty("size", SetImages.size(job.request(), SetImages.first(job.request())));
        return head;
    }

    private void write(OutputStream out, GeneratedImage image) throws IOException {
        JsonObject rest = new JsonObject();
        rest.addProperty("revised_prompt", image.prompt());
        rest.addProperty("seed", image.seed());
        write(out, "{\"b64_json\":\"");
        out.write(Base64.getEncoder().encode(format.encoded(image.file())));
        write(out, "\"," + ApiResponse.text(rest).substring(1));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void failed(ApiError error, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            throw new IOException(error.getMessage());
        }
        new ApiResponse(response).error(OpenAiErrors.of(error), ErrorFormat.OPENAI);
    }
}
