package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the clients of stable-diffusion-webui send to one server, and what an attacker might. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebuiClientsIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningServer server;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        server = RunningServer.start(new AssembledDistribution(), folder.resolve("run"), folder.resolve("data"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** The calls of its extension for images, in order: a test of the connection, its lists, the model, then a picture. */
    @Test
    void drawsForSillyTavern() throws Exception {
        assertEquals(200, get("options").statusCode());
        for (String list : List.of("upscalers", "latent-upscale-modes", "sd-vae")) {
            assertEquals("[]", get(list).body(), list);
        }
        assertTrue(names("samplers", "name").containsAll(List.of("DDIM", "Euler a", "DPM++ 2M", "UniPC")));
        assertTrue(names("schedulers", "name").contains("karras"));
        assertTrue(names("sd-models", "title").contains("sketchbook"));
        assertEquals(
                200,
                post("options", "{\"sd_model_checkpoint\": \"sketchbook\"}").statusCode());
        JsonObject idle = object(get("progress"));
        assertEquals(0, idle.get("progress").getAsDouble());
        assertEquals(0, idle.getAsJsonObject("state").get("job_count").getAsInt());

        HttpResponse<String> response = post("txt2img", """
                {"url": "http://127.0.0.1:7860", "auth": "", "prompt": "a cat,\\nwatercolor painting", "negative_prompt":
                 "blurry, low quality", "sampler_name": "Euler a", "scheduler": "automatic", "steps": 4, "cfg_scale": 7,
                 "width": 64, "height": 64, "seed": -1, "restore_faces": false, "enable_hr": false, "hr_upscaler": "Latent",
                 "hr_scale": 2, "denoising_strength": 0.7, "hr_second_pass_steps": 0, "clip_skip": 1,
                 "override_settings": {"CLIP_stop_at_last_layers": 1, "sd_vae": "Automatic"},
                 "override_settings_restore_afterwards": true, "save_images": true, "send_images": true,
                 "do_not_save_grid": false, "do_not_save_samples": false}
                """);
        assertEquals(200, response.statusCode(), response.body());
        JsonArray images = object(response).getAsJsonArray("images");
        assertEquals(1, images.size());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(decoded(images.get(0))));
        assertEquals(64, image.getWidth());
        JsonObject info = info(response);
        assertEquals("a cat, watercolor painting", info.get("prompt").getAsString());
        assertEquals("Euler a", info.get("sampler_name").getAsString());

        JsonObject read = object(post("png-info", "{\"image\": " + images.get(0) + "}"));
        assertEquals(info.getAsJsonArray("infotexts").get(0), read.get("info"));
        assertEquals(
                "Euler a", read.getAsJsonObject("parameters").get("Sampler").getAsString());
        assertEquals(
                info.get("seed").getAsString(),
                read.getAsJsonObject("parameters").get("Seed").getAsString());
    }

    /** It reads the options, sends them back with its model, and asks for several images: one set in one style. */
    @Test
    void drawsASetForOpenWebui() throws Exception {
        JsonObject options = object(get("options"));
        options.addProperty("sd_model_checkpoint", "sketchbook");
        assertEquals(200, post("options", options.toString()).statusCode());

        String body =
                "{\"prompt\": \"a fish, pop art\", \"batch_size\": 3, \"width\": 64, \"height\": 64, \"steps\": 4,"
                        + " \"seed\": 5}";
        HttpResponse<String> response = post("txt2img", body);
        assertEquals(200, response.statusCode(), response.body());
        JsonArray images = object(response).getAsJsonArray("images");
        assertEquals("[5,6,7]", info(response).get("all_seeds").toString());

        JsonObject job = lastJob();
        assertEquals("completed", job.get("status").getAsString());
        assertEquals("open", job.get("client").getAsString());
        assertEquals(3, images.size());
        for (int i = 0; i < 3; i++) {
            Path file = Path.of(job.get("folder").getAsString(), "%03d.png".formatted(i));
            assertArrayEquals(Files.readAllBytes(file), decoded(images.get(i)));
        }
        assertEquals("shared", job.getAsJsonObject("request").get("attention").getAsString());

        HttpResponse<String> redrawn = post(
                "img2img",
                "{\"prompt\": \"a cat, pop art\", \"init_images\": [%s], \"denoising_strength\": 0.6, \"steps\": 4, \"seed\": 5}"
                        .formatted(images.get(0)));
        assertEquals(200, redrawn.statusCode(), redrawn.body());
        assertEquals(0.6, info(redrawn).get("denoising_strength").getAsDouble());
    }

    @Test
    void showsProgressAndIsInterrupted() throws Exception {
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(
                call("txt2img")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"prompt\": \"a boat\", \"batch_size\": 4, \"steps\": 400, \"width\": 128, \"height\": 128}"))
                        .build(),
                BodyHandlers.ofString());
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        JsonObject progress = object(get("progress"));
        while (progress.get("current_image").isJsonNull()) {
            assertFalse(call.isDone(), "the call has ended");
            assertTrue(System.nanoTime() < deadline, "there is no preview");
            progress = object(get("progress"));
        }
        assertTrue(ImageIO.read(new ByteArrayInputStream(decoded(progress.get("current_image"))))
                        .getWidth()
                > 0);
        double done = progress.get("progress").getAsDouble();
        assertTrue(done > 0 && done < 1, progress.toString());
        assertEquals(
                400, progress.getAsJsonObject("state").get("sampling_steps").getAsInt());

        assertEquals(200, post("interrupt", "").statusCode());
        HttpResponse<String> interrupted = call.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(200, interrupted.statusCode(), interrupted.body());
        assertEquals(0, object(interrupted).getAsJsonArray("images").size());
        assertEquals("cancelled", lastJob().get("status").getAsString());
    }

    @Test
    void cancelsTheSetOfAClientThatDisconnects() throws Exception {
        String body = "{\"prompt\": \"a castle\", \"steps\": 400, \"width\": 128, \"height\": 128}";
        String id;
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write(("POST /sdapi/v1/txt2img HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                                    + credentials() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (object(get("progress?skip_current_image=true"))
                            .getAsJsonObject("state")
                            .get("job_count")
                            .getAsInt()
                    == 0) {
                assertTrue(System.nanoTime() < deadline, "the call does not arrive");
            }
            id = object(get("progress?skip_current_image=true"))
                    .getAsJsonObject("state")
                    .get("job")
                    .getAsString();
        }
        server.follow(id, job -> job.get("status").getAsString().equals("cancelled"));
    }

    @Test
    void refusesHostileCalls() throws Exception {
        String bomb = Base64.getEncoder().encodeToString(bomb());
        HttpResponse<String> refused = post("img2img", "{\"prompt\": \"a cat\", \"init_images\": [\"" + bomb + "\"]}");
        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(object(refused).get("detail").getAsString().contains("pixels"), refused.body());
        String page = Base64.getEncoder().encodeToString("<svg onload=alert(1)>".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                400,
                post("img2img", "{\"prompt\": \"a cat\", \"init_images\": [\"" + page + "\"]}")
                        .statusCode());
        assertEquals(400, post("png-info", "{\"image\": \"" + page + "\"}").statusCode());
        assertEquals(413, post("img2img", "x".repeat(17 << 20)).statusCode());
        HttpResponse<String> wide = post("txt2img", "{\"prompt\": \"a cat\", \"width\": 32768, \"height\": 32768}");
        assertEquals(400, wide.statusCode(), wide.body());

        assertTrue(raw("GET /sdapi/v1/options HTTP/1.1\r\nHost: evil.example").startsWith("HTTP/1.1 403 "));
        assertTrue(raw("OPTIONS /sdapi/v1/txt2img HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example"
                        + "\r\nAccess-Control-Request-Method: POST")
                .startsWith("HTTP/1.1 403 "));
        String wrong = Base64.getEncoder().encodeToString("user:wrong".getBytes(StandardCharsets.US_ASCII));
        String answer = raw("GET /sdapi/v1/options HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + wrong);
        assertTrue(answer.startsWith("HTTP/1.1 401 ") && answer.contains("WWW-Authenticate: Basic"), answer);
    }

    /** A PNG of a few bytes that claims to have ten thousand million pixels. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream chunk = new DataOutputStream(header);
        chunk.writeBytes("IHDR");
        chunk.writeInt(100_000);
        chunk.writeInt(100_000);
        chunk.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 checksum = new CRC32();
        checksum.update(header.toByteArray());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(bytes);
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeInt(13);
        png.write(header.toByteArray());
        png.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }

    private JsonObject lastJob() throws Exception {
        JsonArray jobs = object(server.get("/sets")).getAsJsonArray("sets");
        return jobs.get(jobs.size() - 1).getAsJsonObject();
    }

    private List<String> names(String list, String member) throws Exception {
        return JsonParser.parseString(get(list).body()).getAsJsonArray().asList().stream()
                .map(entry -> entry.getAsJsonObject().get(member).getAsString())
                .toList();
    }

    private static JsonObject object(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static JsonObject info(HttpResponse<String> response) {
        return JsonParser.parseString(object(response).get("info").getAsString())
                .getAsJsonObject();
    }

    private static byte[] decoded(JsonElement base64) {
        return Base64.getDecoder().decode(base64.getAsString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(call(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                call(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder call(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(server.address() + "/sdapi/v1/" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Basic " + credentials());
    }

    /** Returns the token as the password of the user {@code open}. */
    private String credentials() throws IOException {
        return Base64.getEncoder().encodeToString(("open:" + server.token()).getBytes(StandardCharsets.US_ASCII));
    }

    private String raw(String head) throws IOException {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
