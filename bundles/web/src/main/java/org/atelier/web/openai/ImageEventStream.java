package org.atelier.web.openai;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Preview;
import org.atelier.api.set.SetRequest;
import org.atelier.pictures.ImageEncoder;
import org.atelier.web.calls.PendingResponse;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;

/** Server-Sent Events: previews of the images, then each image when it is written. */
final class ImageEventStream implements PendingResponse {

    private final ImageCall call;
    private final Map<Integer, Integer> previews = new HashMap<>();
    private final Set<Integer> sent = new HashSet<>();
    private SetRequest request;

    ImageEventStream(ImageCall call) {
        this.call = call;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public boolean wantsPreviews() {
        return call.partialImages() > 0;
    }

    /** The previews of an image are spread evenly over its steps. */
    @Override
    public void previewed(Preview preview, HttpServletResponse response) throws IOException {
        int count = previews.getOrDefault(preview.image(), 0);
        boolean due = (long) preview.step() * (call.partialImages() + 1) >= (long) preview.steps() * (count + 1);
        if (count >= call.partialImages()
                || !due
                || preview.step() >= preview.steps()
                || request == null
                || preview.image() < SetImages.first(request)) {
            return;
        }
        previews.put(preview.image(), count + 1);
        byte[] image = ImageEncoder.encode(
                preview.decoder().get(), call.format().kind(), call.format().quality());
        JsonObject event = event("partial_image", preview.image(), image);
        event.addProperty("partial_image_index", count);
        send(event, response);
    }

    @Override
    public void changed(Job job, HttpServletResponse response) throws IOException {
        request = job.request();
        if (!response.isCommitted()) {
            response.setHeader("Atelier-Job", job.id());
            keepAlive(response);
        }
        for (GeneratedImage image : SetImages.of(job)) {
            if (sent.add(image.index())) {
                JsonObject event =
                        event("completed", image.index(), call.format().encoded(image.file()));
                event.addProperty("revised_prompt", image.prompt());
                event.addProperty("seed", image.seed());
                event.add("usage", usage());
                send(event, response);
            }
        }
    }

    @Override
    public void completed(Job job, HttpServletResponse response) throws IOException {
        changed(job, response);
    }

    @Override
    public void keepAlive(HttpServletResponse response) throws IOException {
        write(": alive\n\n", response);
    }

    @Override
    public void failed(ApiError error, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            new ApiResponse(response).error(OpenAiErrors.of(error), ErrorFormat.OPENAI);
            return;
        }
        JsonObject json = new JsonObject();
        json.add("error", OpenAiErrors.of(error).body());
        write("event: error\ndata: " + ApiResponse.text(json) + "\n\n", response);
    }

    private JsonObject event(String name, int image, byte[] content) {
        JsonObject event = new JsonObject();
        event.addProperty("type", call.kind().event() + "." + name);
        event.addProperty("b64_json", Base64.getEncoder().encodeToString(content));
        event.addProperty("image_index", image - SetImages.first(request));
        event.addProperty("created_at", Instant.now().getEpochSecond());
        event.addProperty("background", "opaque");
        event.addProperty("output_format", call.format().text());
        event.addProperty("quality", "auto");
        event.addProperty("size", SetImages.size(request, image));
        return event;
    }

    /** The SDKs require it; nothing is counted. */
    private static JsonObject usage() {
        JsonObject details = new JsonObject();
        details.addProperty("image_tokens", 0);
        details.addProperty("text_tokens", 0);
        JsonObject usage = new JsonObject();
        usage.addProperty("input_tokens", 0);
        usage.add("input_tokens_details", details);
        usage.addProperty("output_tokens", 0);
        usage.addProperty("total_tokens", 0);
        return usage;
    }

    private static void send(JsonObject event, HttpServletResponse response) throws IOException {
        write("event: " + event.get("type").getAsString() + "\ndata: " + ApiResponse.text(event) + "\n\n", response);
    }

    private static void write(String text, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
        }
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
