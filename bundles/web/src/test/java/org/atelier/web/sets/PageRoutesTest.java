package org.atelier.web.sets;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.atelier.web.sets.ServedAtelier.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes that the page needs besides those of jobs: uploads, previews of control images, archives, changes of plugins. */
@Timeout(60)
class PageRoutesTest {

    @TempDir
    private Path data;

    private ServedAtelier atelier;

    @BeforeEach
    void open() throws Exception {
        atelier = new ServedAtelier(data);
    }

    @AfterEach
    void close() throws Exception {
        atelier.stop();
    }

    @Test
    void storesAnUploadAndReturnsItsPath() throws Exception {
        HttpResponse<String> response =
                atelier.send(atelier.call("/uploads").POST(BodyPublishers.ofByteArray(png(5, 3))));

        assertEquals(201, response.statusCode(), response.body());
        JsonObject upload = json(response);
        assertEquals("image", upload.get("kind").getAsString());
        assertEquals(5, upload.get("width").getAsInt());
        assertEquals(3, upload.get("height").getAsInt());
        assertTrue(Files.isRegularFile(Path.of(upload.get("file").getAsString())));
    }

    @Test
    void refusesAnUploadThatIsNeitherImageNorAudio() throws Exception {
        HttpResponse<String> response = atelier.post("/uploads", "<script>alert(1)</script>");

        assertEquals(400, response.statusCode());
        assertEquals("input_unreadable", error(response).get("code").getAsString());
        assertEquals(
                401,
                atelier.send(atelier.bare("/uploads").POST(BodyPublishers.ofByteArray(png(1, 1))))
                        .statusCode());
    }

    @Test
    void previewsAControlImage() throws Exception {
        HttpResponse<byte[]> response = bytes(
                "/preprocess",
                "{\"kind\": \"canny\", \"file\": \"/srv/a.png\", \"width\": 8, \"height\": 16,"
                        + " \"options\": {\"low\": 100, \"share\": 0.5, \"words\": [\"a\", \"b\"], \"fine\": true}}");

        assertEquals(200, response.statusCode());
        assertEquals("image/png", response.headers().firstValue("content-type").orElseThrow());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(response.body()));
        assertEquals(List.of(8, 16), List.of(image.getWidth(), image.getHeight()));
        assertEquals(
                Map.of("low", 100L, "share", 0.5, "words", List.of("a", "b"), "fine", true),
                atelier.studio.preprocessed.get(0).options());
        assertEquals("/srv/a.png", atelier.studio.preprocessed.get(0).file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"kind\": \"canny\"}",
                "{\"kind\": \"canny\", \"file\": \"a.png\"}",
                "{\"kind\": \"canny\", \"file\": \"/a.png\", \"width\": 8}",
                "{\"kind\": \"canny\", \"file\": \"/a.png\", \"width\": 8, \"height\": 1e9}",
                "{\"kind\": \"canny\", \"file\": \"/a.png\", \"options\": {\"low\": {}}}",
                "{\"kind\": \"canny\", \"file\": \"/a.png\", \"out\": \"/b.png\"}",
                "{\"kind\": \"unknown\", \"file\": \"/a.png\"}"
            })
    void refusesAPreviewThatCannotBe(String body) throws Exception {
        HttpResponse<String> response = atelier.post("/preprocess", body);

        assertEquals(400, response.statusCode(), response.body());
        assertEquals("invalid_request", error(response).get("code").getAsString());
        assertEquals(List.of(), atelier.studio.preprocessed);
    }

    @Test
    void archivesTheFilesOfASet() throws Exception {
        complete("one", "a", "b");
        HttpResponse<byte[]> response = bytes("/sets/one/archive");

        assertEquals(200, response.statusCode());
        assertEquals(
                "application/zip", response.headers().firstValue("content-type").orElseThrow());
        assertEquals(
                "attachment; filename=\"one.zip\"",
                response.headers().firstValue("content-disposition").orElseThrow());
        assertEquals(
                Map.of("000.png", "one a", "001.png", "one b", "contact-sheet.png", "sheet", "set.json", "{}"),
                entries(response.body()));
    }

    @Test
    void archivesImagesOfOtherJobsInTheirPlace() throws Exception {
        complete("one", "a", "b");
        complete("two", "a", "c");

        assertEquals(
                Map.of("000.png", "one a", "001.png", "two c"),
                entries(bytes("/sets/one/archive?with=1:two").body()));
    }

    @ParameterizedTest
    @CsvSource({
        "/sets/none/archive, 404",
        "/sets/empty/archive, 404",
        "/sets/one/archive?with=2:two, 400",
        "/sets/one/archive?with=0, 400",
        "/sets/one/archive?with=0:../two, 400",
        "/sets/one/archive?with=0:none, 404",
        "/sets/one/archive?with=0:empty, 404",
        "/sets/one/archive?all=true, 400"
    })
    void refusesAnArchiveThatCannotBe(String path, int status) throws Exception {
        complete("one", "a", "b");
        atelier.queue.put(FakeQueue.job("empty", Job.State.RUNNING, data));

        assertEquals(status, atelier.get(path).statusCode());
    }

    @Test
    void refusesAnArchiveWithAFileThatIsGone() throws Exception {
        complete("one", "a", "b");
        Files.delete(data.resolve("one/001.png"));

        HttpResponse<String> response = atelier.get("/sets/one/archive");

        assertEquals(404, response.statusCode());
        assertTrue(error(response).get("message").getAsString().contains("001.png"));
    }

    @Test
    void saysAtLittleCostWhetherPluginsHaveChanged() throws Exception {
        String etag = atelier.get("/plugins").headers().firstValue("etag").orElseThrow();

        assertEquals(304, pluginsSince(etag).statusCode());
        atelier.plugins.install("attention", "mixing");
        HttpResponse<String> changed = pluginsSince(etag);
        assertEquals(200, changed.statusCode());
        assertTrue(changed.body().contains("mixing"));
        assertNotEquals(etag, changed.headers().firstValue("etag").orElseThrow());
    }

    @Test
    void tellsOfAPluginWhatAFormNeeds() throws Exception {
        assertEquals(
                "[\"subtle\",\"strong\"]",
                json(atelier.get("/plugins/attention.shared")).get("strengths").toString());
        assertEquals(
                "file",
                json(atelier.get("/plugins/context.speech")).get("input").getAsString());
    }

    @Test
    void savesTheStyleOfASetUnderAName() throws Exception {
        Path file = data.resolve("styles/spring.style");

        HttpResponse<String> response = atelier.post("/sets?save_style=spring", "a house");
        assertEquals(202, response.statusCode(), response.body());
        assertEquals(file.toString(), json(response).get("style_card").getAsString());

        Files.writeString(file, "a card");
        assertEquals(409, atelier.post("/sets?save_style=spring", "a house").statusCode());
        assertEquals(400, atelier.post("/sets?save_style=../spring", "a house").statusCode());
        assertEquals(
                400,
                atelier.post("/sets?save_style=summer&style_card=/srv/a.style", "a house")
                        .statusCode());
    }

    private HttpResponse<String> pluginsSince(String etag) throws Exception {
        return atelier.send(atelier.call("/plugins").header("If-None-Match", etag));
    }

    private HttpResponse<byte[]> bytes(String path, String... body) throws Exception {
        var call = atelier.call(path);
        return HttpClient.newHttpClient()
                .send(
                        body.length == 0
                                ? call.build()
                                : call.POST(BodyPublishers.ofString(body[0])).build(),
                        BodyHandlers.ofByteArray());
    }

    /** Puts a completed job into the queue whose images hold its id and a text. */
    private void complete(String id, String... images) throws IOException {
        Path folder = Files.createDirectory(data.resolve(id));
        Files.writeString(folder.resolve("contact-sheet.png"), "sheet");
        Files.writeString(folder.resolve("set.json"), "{}");
        List<GeneratedImage> generated = new ArrayList<>();
        for (int index = 0; index < images.length; index++) {
            Path file = Files.writeString(folder.resolve("00" + index + ".png"), id + " " + images[index]);
            generated.add(new GeneratedImage(index, images[index], (long) index, file, "ab"));
        }
        atelier.queue.put(new Job(
                id,
                "test",
                Job.State.COMPLETED,
                0,
                SetRequest.builder().prompts(images).build(),
                SetOutput.to(folder),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                generated,
                List.of(),
                null));
    }

    private static Map<String, String> entries(byte[] archive) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
