package org.atelier.web.a1111;

import static org.atelier.web.a1111.ServedWebui.json;
import static org.atelier.web.a1111.ServedWebui.png;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class A1111ServletTest {

    @TempDir
    private Path data;

    private ServedWebui atelier;

    @BeforeEach
    void start() throws Exception {
        atelier = new ServedWebui(data);
    }

    @AfterEach
    void stop() throws Exception {
        atelier.stop();
    }

    @Test
    void generatesOneSetFromABatch() throws Exception {
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", """
                {"prompt": "a cat,\\n  asleep <lora:fur:0.5>", "negative_prompt": "dogs\\nmice", "styles": ["linocut"],
                 "seed": 7, "steps": 20, "cfg_scale": 5.0, "width": 64, "height": 32.0, "batch_size": 2, "n_iter": 2,
                 "sampler_name": "Euler a", "scheduler": "Karras", "save_images": true, "unknown": {"a": [1]},
                 "override_settings": {"sd_model_checkpoint": "large", "CLIP_stop_at_last_layers": 2},
                 "alwayson_scripts": {"ADetailer": {}}, "enable_hr": false}
                """);
        Job job = atelier.submitted(0);
        SetRequest request = job.request();

        assertEquals("alice", job.client());
        assertEquals(List.of("a cat, asleep", "a cat, asleep", "a cat, asleep", "a cat, asleep"), request.prompts());
        assertEquals("linocut", request.style());
        assertEquals("dogs mice", request.negativePrompt());
        assertEquals("large", request.model());
        assertEquals(7L, request.seed());
        assertEquals(20, request.sampling().steps());
        assertEquals(64, request.sampling().width());
        assertEquals(32, request.sampling().height());
        assertEquals("euler-ancestral", request.sampling().sampler());
        assertEquals("karras", request.sampling().samplerOptions().get("sigmas"));
        assertEquals(1, request.modelOptions().clipSkip());

        atelier.end(job, Job.State.COMPLETED, 4, null);
        HttpResponse<String> response = call.get(20, TimeUnit.SECONDS);

        assertEquals(200, response.statusCode(), response.body());
        JsonObject answer = json(response);
        JsonArray images = answer.getAsJsonArray("images");
        assertEquals(4, images.size());
        assertEquals(
                Base64.getEncoder().encodeToString(png(64, 32, 3)),
                images.get(3).getAsString());
        assertEquals(2, answer.getAsJsonObject("parameters").get("batch_size").getAsInt());
        JsonObject info =
                JsonParser.parseString(answer.get("info").getAsString()).getAsJsonObject();
        assertEquals(7, info.get("seed").getAsLong());
        assertEquals("[7,8,9,10]", info.get("all_seeds").toString());
        assertEquals(
                "infotext of 000.png", info.getAsJsonArray("infotexts").get(0).getAsString());
        assertEquals("DDIM", info.get("sampler_name").getAsString());
        assertEquals(64, info.get("width").getAsInt());
        assertEquals("large", info.get("sd_model_name").getAsString());
        assertTrue(info.get("notes").toString().contains("alwayson_scripts"), info.toString());
        assertTrue(info.get("notes").toString().contains("<lora:name:1>"), info.toString());
        assertFalse(info.get("notes").toString().contains("enable_hr"), info.toString());
    }

    @Test
    void leavesWhatIsNotGivenToTheModel() throws Exception {
        CompletableFuture<HttpResponse<String>> call = atelier.begin(
                "txt2img", "{\"prompt\": \"a cat\", \"seed\": -1, \"sampler_name\": null, \"send_images\": false}");
        Job job = atelier.submitted(0);
        SetRequest request = job.request();

        assertEquals("sketchbook", request.model());
        assertNull(request.seed());
        assertNull(request.sampling().steps());
        assertNull(request.sampling().cfgScale());
        assertNull(request.sampling().width());
        assertNull(request.sampling().sampler());
        assertNull(request.negativePrompt());
        atelier.end(job, Job.State.COMPLETED, 1, null);
        assertEquals(
                0, json(call.get(20, TimeUnit.SECONDS)).getAsJsonArray("images").size());
    }

    @Test
    void startsFromImages() throws Exception {
        String image = Base64.getEncoder().encodeToString(png(8, 8, 1));
        String mask = "data:image/png;base64," + Base64.getEncoder().encodeToString(png(8, 8, 255));
        CompletableFuture<HttpResponse<String>> call = atelier.begin(
                "img2img",
                "{\"prompt\": \"a cat\", \"init_images\": [\"%s\"], \"mask\": \"%s\", \"denoising_strength\": 0.5}"
                        .formatted(image, mask));
        Job job = atelier.submitted(0);
        SetRequest request = job.request();

        assertEquals(0.5, request.initImages().denoise());
        assertEquals(4, request.initImages().maskBlur());
        Path stored = Path.of(request.initImages().images().get(0).file());
        assertTrue(stored.startsWith(data) && Files.exists(stored), stored.toString());
        assertEquals(1, request.initImages().masks().size());
        atelier.end(job, Job.State.COMPLETED, 1, null);
        JsonObject parameters = json(call.get(20, TimeUnit.SECONDS)).getAsJsonObject("parameters");
        assertFalse(parameters.has("init_images") || parameters.has("mask"), parameters.toString());
    }

    /** The left half of the mask is white, or opaque; it is repainted unless the mask is inverted. */
    @ParameterizedTest
    @CsvSource({"false, 0, true", "false, 1, false", "true, 0, true", "true, 1, false"})
    void readsMasksAsWebuiDoes(boolean transparent, int invert, boolean repaintsLeft) throws Exception {
        BufferedImage mask = new BufferedImage(8, 4, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 8; x++) {
            for (int y = 0; y < 4; y++) {
                int white = transparent ? 0xFF336699 : 0xFFFFFFFF;
                int black = transparent ? 0x00FFFFFF : 0xFF000000;
                mask.setRGB(x, y, x < 4 ? white : black);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(mask, "png", png);
        CompletableFuture<HttpResponse<String>> call = atelier.begin("img2img", """
                {"prompt": "a cat", "init_images": ["%s"], "mask": "%s", "inpainting_mask_invert": %d, "mask_blur": 7,
                 "inpaint_full_res": true, "inpaint_full_res_padding": 32}
                """.formatted(
                        Base64.getEncoder().encodeToString(png(8, 4, 1)),
                        Base64.getEncoder().encodeToString(png.toByteArray()),
                        invert));
        Job job = atelier.submitted(0);
        SetRequest request = job.request();

        assertEquals(7, request.initImages().maskBlur());
        BufferedImage stored =
                ImageIO.read(Path.of(request.initImages().masks().get(0).file()).toFile());
        assertEquals(repaintsLeft ? 0xFFFFFFFF : 0xFF000000, stored.getRGB(0, 0));
        assertEquals(repaintsLeft ? 0xFF000000 : 0xFFFFFFFF, stored.getRGB(7, 3));
        atelier.end(job, Job.State.COMPLETED, 1, null);
        String info = json(call.get(20, TimeUnit.SECONDS)).get("info").getAsString();
        assertTrue(info.contains("inpaint_full_res: there is no counterpart"), info);
    }

    @Test
    void reportsProgressAndReturnsWhatIsFinishedWhenInterrupted() throws Exception {
        JsonObject idle = json(atelier.get("progress"));
        assertEquals(0, idle.get("progress").getAsDouble());
        assertEquals(0, idle.getAsJsonObject("state").get("job_count").getAsInt());
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", "{\"prompt\": \"a cat\"}");
        Job job = atelier.submitted(0);
        assertTrue(json(atelier.get("progress?skip_current_image=true"))
                .get("textinfo")
                .getAsString()
                .startsWith("Waiting"));
        atelier.progress(job, 10, 20);

        JsonObject running = json(atelier.get("progress?skip_current_image=true"));
        JsonObject state = running.getAsJsonObject("state");
        assertEquals(0.485, running.get("progress").getAsDouble(), 1e-9);
        assertTrue(running.get("eta_relative").getAsDouble() > 5, running.toString());
        assertEquals(1, state.get("job_count").getAsInt());
        assertEquals(10, state.get("sampling_step").getAsInt());
        assertEquals(20, state.get("sampling_steps").getAsInt());
        assertTrue(running.get("current_image").isJsonNull());

        assertEquals("{}", atelier.post("interrupt", "").body());
        HttpResponse<String> response = call.get(20, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(0, json(response).getAsJsonArray("images").size());
        assertEquals(Job.State.CANCELLED, atelier.queue.job(job.id()).state());
        assertEquals(0, json(atelier.get("progress")).get("progress").getAsDouble());
        ServedWebui.await(() -> atelier.queue.listeners.isEmpty());
    }

    /** SillyTavern interrupts when its user stops a request, also one that waits behind the set of somebody else. */
    @Test
    void interruptsOnlyWhatTheSameUserHasRequested() throws Exception {
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", "{\"prompt\": \"a cat\"}");
        Job job = atelier.submitted(0);
        atelier.progress(job, 10, 20);
        HttpRequest.Builder interrupt = atelier.callOf("bob", "/sdapi/v1/interrupt");

        JsonObject idle = json(atelier.send(atelier.callOf("bob", "/sdapi/v1/progress")));
        assertEquals(0, idle.get("progress").getAsDouble());
        assertEquals(200, atelier.send(interrupt.POST(BodyPublishers.noBody())).statusCode());
        assertEquals(Job.State.RUNNING, atelier.queue.job(job.id()).state());

        atelier.end(job, Job.State.COMPLETED, 1, null);
        assertEquals(
                1, json(call.get(20, TimeUnit.SECONDS)).getAsJsonArray("images").size());
    }

    @Test
    void reportsWhyASetFailsInTheFormOfWebui() throws Exception {
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", "{\"prompt\": \"a cat\"}");
        atelier.end(
                atelier.submitted(0), Job.State.FAILED, 0, new Job.Fault(Code.OUT_OF_MEMORY, "The memory is spent."));
        HttpResponse<String> failed = call.get(20, TimeUnit.SECONDS);

        assertEquals(507, failed.statusCode());
        assertEquals("out_of_memory", json(failed).get("error").getAsString());
        assertEquals("The memory is spent.", json(failed).get("detail").getAsString());
        assertTrue(json(failed).has("body") && json(failed).has("errors"));
        atelier.queue.refusal = new AtelierException(Code.QUEUE_FULL, "The queue is full.");
        HttpResponse<String> refused = atelier.post("txt2img", "{\"prompt\": \"a cat\"}");
        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void endsWaitingCallsWhenItStops() throws Exception {
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", "{\"prompt\": \"a cat\"}");
        Job job = atelier.submitted(0);
        atelier.close();

        assertEquals(503, call.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(Job.State.QUEUED, atelier.queue.job(job.id()).state());
        assertEquals(503, atelier.post("txt2img", "{\"prompt\": \"a cat\"}").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "'a cat'",
                "{\"prompt\": [1]}",
                "{\"prompt\": \"a\", \"steps\": \"many\"}",
                "{\"prompt\": \"a\", \"steps\": 1e999999999}",
                "{\"prompt\": \"a\", \"steps\": 0}",
                "{\"prompt\": \"a\", \"width\": 1.5}",
                "{\"prompt\": \"a\", \"seed\": -2}",
                "{\"prompt\": \"a\", \"cfg_scale\": -1}",
                "{\"prompt\": \"a\", \"batch_size\": 10001}",
                "{\"prompt\": \"a\", \"batch_size\": 5000, \"n_iter\": 5000}",
                "{\"prompt\": \"a\", \"override_settings\": []}",
                "{\"prompt\": \"a\", \"styles\": [1]}",
                "{\"prompt\": \"a\", \"sampler_name\": \"No such\"}"
            })
    void refusesValuesThatAreNotValid(String body) throws Exception {
        HttpResponse<String> response = atelier.post("txt2img", body);

        assertEquals(422, response.statusCode(), response.body());
        assertEquals(1, json(response).get("detail").getAsString().lines().count());
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "{\"prompt\": \"a\"}, 404",
        "'{\"prompt\": \"a\", \"init_images\": [\"!!!\"]}', 422",
        "'{\"prompt\": \"a\", \"init_images\": [\"http://127.0.0.1/a.png\"]}', 422",
        "'{\"prompt\": \"a\", \"init_images\": [\"RGVhciBzaXI=\"]}', 400",
        "'{\"prompt\": \"a\", \"init_images\": [\"iVBORw0KGgo=\"]}', 400"
    })
    void refusesWhatIsNotAnImage(String body, int status) throws Exception {
        HttpResponse<String> response = atelier.post("img2img", body);

        assertEquals(status, response.statusCode(), response.body());
        assertFalse(response.body().contains(data.toString()), response.body());
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    @Test
    void keepsTheChosenModel() throws Exception {
        assertEquals(
                "sketchbook",
                json(atelier.get("options")).get("sd_model_checkpoint").getAsString());
        JsonObject options = json(atelier.get("options"));
        options.addProperty("sd_model_checkpoint", "large");
        assertEquals(200, atelier.post("options", options.toString()).statusCode());
        assertEquals(
                200, atelier.post("options", "{\"samples_format\": \"webp\"}").statusCode());
        HttpResponse<String> unknown = atelier.post("options", "{\"sd_model_checkpoint\": \"none\"}");
        assertEquals(404, unknown.statusCode());
        assertTrue(unknown.body().contains("large"), unknown.body());
        atelier.stop();
        atelier = new ServedWebui(data);

        assertEquals(
                "large", json(atelier.get("options")).get("sd_model_checkpoint").getAsString());
        assertFalse(json(atelier.get("options")).has("forge_preset"));
        CompletableFuture<HttpResponse<String>> call = atelier.begin("txt2img", "{\"prompt\": \"a cat\"}");
        Job job = atelier.submitted(0);
        assertEquals("large", job.request().model());
        atelier.end(job, Job.State.COMPLETED, 1, null);
        assertEquals(200, call.get(20, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void listsWhatClientsAskForAtTheirStart() throws Exception {
        JsonArray models =
                JsonParser.parseString(atelier.get("sd-models").body()).getAsJsonArray();
        assertEquals("large", models.get(1).getAsJsonObject().get("title").getAsString());
        assertTrue(atelier.get("samplers").body().contains("{\"name\":\"Euler a\",\"aliases\":[\"euler-ancestral\"]"));
        assertTrue(atelier.get("schedulers").body().contains("\"karras\""));
        for (String empty : List.of("upscalers", "latent-upscale-modes", "sd-vae", "loras", "prompt-styles")) {
            assertEquals("[]", atelier.get(empty).body(), empty);
        }
        assertEquals(200, atelier.post("refresh-checkpoints", "").statusCode());
        assertEquals(404, atelier.get("sd-modules").statusCode());
        assertEquals(405, atelier.get("txt2img").statusCode());
        assertEquals("{}", atelier.send(atelier.bare("/internal/ping")).body());
    }

    @Test
    void readsHowAnImageWasMade() throws Exception {
        String image = Base64.getEncoder().encodeToString(png(8, 8, 1));
        JsonObject info = json(atelier.post("png-info", "{\"image\": \"data:image/png;base64," + image + "\"}"));

        assertTrue(info.get("info").getAsString().startsWith("infotext of "), info.toString());
        assertEquals("64", info.getAsJsonObject("parameters").get("Size-1").getAsString());
        assertEquals("a cat", info.getAsJsonObject("parameters").get("Prompt").getAsString());
        try (var files = Files.list(data.resolve("uploads"))) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(422, atelier.post("png-info", "{}").statusCode());
    }

    @Test
    void requiresTheTokenAsPassword() throws Exception {
        for (String path : List.of("options", "progress", "none", "")) {
            HttpResponse<String> response = atelier.send(atelier.bare("/sdapi/v1/" + path));
            assertEquals(401, response.statusCode(), path);
            assertTrue(json(response).has("detail"));
            assertTrue(response.headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow()
                    .startsWith("Basic "));
        }
        String wrong = Base64.getEncoder().encodeToString("alice:wrong".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                401,
                atelier.send(atelier.bare("/sdapi/v1/txt2img")
                                .header("Authorization", "Basic " + wrong)
                                .POST(BodyPublishers.ofString("{\"prompt\": \"a cat\"}")))
                        .statusCode());
        assertEquals(
                403,
                atelier.send(atelier.call("/sdapi/v1/options").header("Origin", "http://localhost:5173"))
                        .statusCode());
        assertEquals(
                200,
                atelier.send(atelier.bare("/sdapi/v1/options").header("Authorization", "Bearer " + atelier.token()))
                        .statusCode());
        assertTrue(atelier.queue.jobs().isEmpty());
    }
}
