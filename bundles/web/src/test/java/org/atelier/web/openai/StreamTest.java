package org.atelier.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.Preview;
import org.atelier.pictures.container.ImageKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamTest {

    @TempDir
    private Path data;

    private ServedOpenAi openAi;

    @BeforeEach
    void serve() throws Exception {
        openAi = new ServedOpenAi(data);
    }

    @AfterEach
    void stop() throws Exception {
        openAi.stop();
    }

    @Test
    void sendsPreviewsThenEachImageWhenItIsWritten() throws Exception {
        Iterator<String> lines = stream(
                "{\"prompt\":\"a fox\\na boat\",\"stream\":true,\"partial_images\":2,\"output_format\":\"webp\"}");
        Job job = openAi.submitted();
        for (int step = 1; step <= 9; step++) {
            preview(0, step, 9);
        }
        JsonObject first = event(lines);
        assertEquals("image_generation.partial_image", first.get("type").getAsString());
        assertEquals(0, first.get("partial_image_index").getAsInt());
        assertEquals(0, first.get("image_index").getAsInt());
        assertEquals("64x32", first.get("size").getAsString());
        assertEquals(Optional.of(ImageKind.WEBP), kind(first));
        assertEquals(1, event(lines).get("partial_image_index").getAsInt());

        openAi.queue().put(openAi.with(job, State.RUNNING, openAi.images(job, 1), null));
        JsonObject done = event(lines);
        assertEquals("image_generation.completed", done.get("type").getAsString());
        assertEquals(0, done.get("image_index").getAsInt());
        assertEquals("a fox", done.get("revised_prompt").getAsString());
        assertEquals(0, done.getAsJsonObject("usage").get("total_tokens").getAsInt());

        openAi.complete(job);
        assertEquals(1, event(lines).get("image_index").getAsInt());
        assertFalse(lines.hasNext());
    }

    @Test
    void sendsNoPreviewsUnlessAskedTo() throws Exception {
        Iterator<String> lines = stream("{\"prompt\":\"a fox\",\"stream\":true}");
        Job job = openAi.submitted();
        assertFalse(openAi.queue().listeners.get(0).wantsPreviews());
        openAi.complete(job);

        assertEquals("image_generation.completed", event(lines).get("type").getAsString());
        assertFalse(lines.hasNext());
    }

    @Test
    void endsWithAnErrorIfTheJobFails() throws Exception {
        Iterator<String> lines = stream("{\"prompt\":\"a fox\",\"stream\":true}");
        Job job = openAi.submitted();
        openAi.queue()
                .put(openAi.with(job, State.FAILED, List.of(), new Job.Fault(Code.OUT_OF_MEMORY, "Out of memory.")));

        JsonObject error = event(lines).getAsJsonObject("error");
        assertEquals("Out of memory.", error.get("message").getAsString());
        assertEquals("server_error", error.get("type").getAsString());
        assertFalse(lines.hasNext());
    }

    @Test
    void refusesAnInvalidCallBeforeTheStreamStarts() throws Exception {
        assertEquals(
                400,
                openAi.atelier
                        .post("/images/generations", "{\"prompt\":\"a\",\"stream\":true,\"steps\":0}")
                        .statusCode());
    }

    private void preview(int image, int step, int steps) {
        BufferedImage prediction = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        openAi.queue()
                .listeners
                .forEach(listener -> listener.previewed(new Preview(image, step, steps, () -> prediction)));
    }

    private Iterator<String> stream(String body) throws Exception {
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send(
                        openAi.atelier
                                .call("/images/generations")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofLines());
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElseThrow().startsWith("text/event-stream"));
        return response.body().iterator();
    }

    /** Returns the data of the next event; comments are skipped. */
    private static JsonObject event(Iterator<String> lines) {
        String type = "";
        while (true) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                JsonObject data = JsonParser.parseString(line.substring("data: ".length()))
                        .getAsJsonObject();
                assertEquals(data.has("type") ? data.get("type").getAsString() : "error", type);
                assertEquals("", lines.next());
                return data;
            }
        }
    }

    private static Optional<ImageKind> kind(JsonObject event) {
        return ImageKind.of(Base64.getDecoder().decode(event.get("b64_json").getAsString()));
    }
}
