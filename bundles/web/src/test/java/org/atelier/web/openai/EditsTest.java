package org.atelier.web.openai;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.atelier.web.sets.ServedAtelier.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EditsTest {

    private static final String PATH = "/images/edits";

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

    /** As openai-python sends it: each picture has a file name, numbers are texts. */
    @Test
    void takesPicturesAsReferences() throws Exception {
        MultipartBody form = new MultipartBody()
                .text("prompt", "a fox\na boat")
                .text("n", "2")
                .text("steps", "4")
                .text("negative_prompt", "7")
                .text("attention_options[level]", "0.5")
                .file("image[]", "../../one.png", ServedOpenAi.png(8, 8, Color.RED))
                .file("image[]", "two.png", ServedOpenAi.png(8, 8, Color.BLUE))
                .text("reference_prompt[]", "red")
                .text("unknown", "1");
        JsonObject answer = answered(form);

        assertEquals(2, answer.getAsJsonArray("data").size());
        JsonObject request = openAi.format.last;
        assertEquals("[\"a fox\",\"a boat\"]", request.get("items").toString());
        assertEquals("4", request.get("steps").toString());
        assertEquals("\"7\"", request.get("negative_prompt").toString());
        assertEquals("{\"level\":0.5}", request.get("attention_options").toString());
        JsonArray references = request.getAsJsonArray("references");
        assertEquals(2, references.size());
        for (int i = 0; i < 2; i++) {
            JsonObject reference = references.get(i).getAsJsonObject();
            Path file = Path.of(reference.get("file").getAsString());
            assertEquals(data.resolve("uploads"), file.getParent());
            assertEquals(
                    reference.get("sha256").getAsString() + ".png",
                    file.getFileName().toString());
        }
        assertEquals("red", references.get(0).getAsJsonObject().get("prompt").getAsString());
        assertFalse(request.has("unknown"));
    }

    /** As openai-java sends it: a stream without a file name. OpenAI's masks are transparent where the picture is repainted. */
    @Test
    void repaintsWhereTheMaskIsTransparent() throws Exception {
        MultipartBody form = new MultipartBody()
                .stream("image", ServedOpenAi.png(8, 8, Color.RED)).stream("mask", ServedOpenAi.png(8, 8, Color.BLACK))
                        .text("prompt", "a hat");
        answered(form);

        JsonObject request = openAi.format.last;
        assertFalse(request.has("references"));
        assertEquals(1, request.getAsJsonArray("init_images").size());
        String mask = request.getAsJsonArray("masks")
                .get(0)
                .getAsJsonObject()
                .get("file")
                .getAsString();
        BufferedImage stored = ImageIO.read(Path.of(mask).toFile());
        assertEquals(Color.BLACK.getRGB(), stored.getRGB(0, 0));
        assertEquals(Color.WHITE.getRGB(), stored.getRGB(0, 1));
    }

    @Test
    void appliesAMaskToTheFirstOfSeveralPictures() throws Exception {
        byte[] red = ServedOpenAi.png(8, 8, Color.RED);
        MultipartBody form = new MultipartBody()
                .file("image[]", "a", red)
                .file("image[]", "b", ServedOpenAi.png(8, 8, Color.BLUE))
                .file("mask", "m", red)
                .text("prompt", "a hat");
        answered(form);

        assertEquals(1, openAi.format.last.getAsJsonArray("init_images").size());
        assertEquals(1, openAi.format.last.getAsJsonArray("references").size());
    }

    @Test
    void startsFromThePictureWithADenoisingStrength() throws Exception {
        answered(new MultipartBody()
                .file("image", "a", ServedOpenAi.png(8, 8, Color.RED))
                .text("prompt", "a hat")
                .text("denoise", "0.5"));

        assertEquals(1, openAi.format.last.getAsJsonArray("init_images").size());
        assertEquals("0.5", openAi.format.last.get("denoise").toString());
        assertFalse(openAi.format.last.has("masks"));
    }

    @Test
    void takesPicturesInJson() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(ServedOpenAi.png(8, 8, Color.RED));
        CompletableFuture<HttpResponse<String>> called = openAi.call(
                PATH,
                "{\"prompt\":\"a\",\"images\":[{\"image_url\":\"data:image/png;base64,%s\"}],\"mask\":\"%s\"}"
                        .formatted(base64, base64));
        openAi.complete(openAi.submitted());

        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(1, openAi.format.last.getAsJsonArray("init_images").size());
    }

    /** Image 0 of a set with references is a reference, which the client has already. */
    @Test
    void doesNotReturnTheReference() throws Exception {
        JsonObject answer = answered(new MultipartBody()
                .file("image", "a", ServedOpenAi.png(8, 8, Color.RED))
                .text("prompt", "a hat"));

        JsonArray images = answer.getAsJsonArray("data");
        assertEquals(1, images.size());
        assertEquals(
                "a hat", images.get(0).getAsJsonObject().get("revised_prompt").getAsString());
    }

    @Test
    void refusesAnEditWithoutAPicture() throws Exception {
        HttpResponse<String> response = openAi.form(PATH, new MultipartBody().text("prompt", "a hat"));

        assertEquals(400, response.statusCode());
        assertEquals("image: is missing.", error(response).get("message").getAsString());
        assertTrue(openAi.queue().jobs().isEmpty());
        assertTrue(isEmpty(data.resolve("uploads")));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private JsonObject answered(MultipartBody form) throws Exception {
        CompletableFuture<HttpResponse<String>> called = CompletableFuture.supplyAsync(() -> {
            try {
                return openAi.form(PATH, form);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        openAi.complete(openAi.submitted());
        HttpResponse<String> response = called.get(20, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode(), response.body());
        return json(response);
    }
}
