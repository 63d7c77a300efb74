package org.atelier.web.openai;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.atelier.web.sets.ServedAtelier.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StylesTest {

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
    void keepsAnUploadedCardAndUsesItByName() throws Exception {
        HttpResponse<String> kept = openAi.atelier.post("/styles?name=pop-1", "model sketchbook");
        assertEquals(201, kept.statusCode(), kept.body());
        JsonObject style = json(kept);
        assertEquals("pop-1", style.get("name").getAsString());
        assertEquals("pop art", style.get("style").getAsString());
        assertEquals(style, json(openAi.atelier.get("/styles/pop-1")));
        assertEquals(
                style,
                json(openAi.atelier.get("/styles")).getAsJsonArray("styles").get(0));

        CompletableFuture<HttpResponse<String>> called =
                openAi.call("/images/generations", "{\"prompt\":\"a fox\",\"style_card\":\"pop-1\"}");
        openAi.complete(openAi.submitted());
        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(
                data.resolve("styles/pop-1.style").toString(),
                openAi.format.last.getAsJsonObject("card").get("file").getAsString());

        assertEquals(
                409, openAi.atelier.post("/styles?name=pop-1", "model other").statusCode());
        assertEquals(
                200,
                openAi.atelier
                        .send(openAi.atelier.call("/styles/pop-1").DELETE())
                        .statusCode());
        assertEquals(404, openAi.atelier.get("/styles/pop-1").statusCode());
    }

    @Test
    void savesTheStyleOfACallUnderAName() throws Exception {
        CompletableFuture<HttpResponse<String>> called =
                openAi.call("/images/generations", "{\"prompt\":\"a fox\",\"save_style\":\"fox\"}");
        Job job = openAi.submitted();
        assertEquals(data.resolve("styles/fox.style"), job.output().styleCard());
        openAi.complete(job);
        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());

        Files.writeString(data.resolve("styles/fox.style"), "model sketchbook");
        HttpResponse<String> taken =
                openAi.atelier.post("/images/generations", "{\"prompt\":\"a fox\",\"save_style\":\"fox\"}");
        assertEquals(409, taken.statusCode());
        assertEquals("style_exists", error(taken).get("code").getAsString());
    }

    @Test
    void keepsTheCardOfAJob() throws Exception {
        Path card = Files.writeString(data.resolve("card.style"), "model sketchbook");
        Job job = openAi.queue().submit(SetRequest.builder().prompts("a").build(), new SetOutput(data, card), "test");
        String body = "{\"name\":\"pop\",\"job\":\"%s\"}".formatted(job.id());
        assertEquals(409, openAi.atelier.post("/styles", body).statusCode());
        openAi.queue().put(openAi.with(job, State.COMPLETED, List.of(), null));

        assertEquals(201, openAi.atelier.post("/styles", body).statusCode());
        assertEquals("model sketchbook", Files.readString(data.resolve("styles/pop.style")));
        assertEquals(
                404,
                openAi.atelier
                        .post("/styles", "{\"name\":\"b\",\"job\":\"none\"}")
                        .statusCode());
    }

    @Test
    void generatesTheCardOfAJobThatHasWrittenNone() throws Exception {
        Job job = openAi.queue().submit(SetRequest.builder().prompts("a").build(), SetOutput.to(data), "test");
        openAi.queue().put(openAi.with(job, State.COMPLETED, List.of(), null));
        Files.writeString(data.resolve("set.json"), "{\"request\":{\"items\":[\"a cat\",\"a dog\"]}}");

        HttpResponse<String> accepted =
                openAi.atelier.post("/styles", "{\"name\":\"pop\",\"job\":\"%s\"}".formatted(job.id()));
        assertEquals(202, accepted.statusCode(), accepted.body());
        String id = json(accepted).get("id").getAsString();
        assertEquals(Optional.of("/v1/sets/" + id), accepted.headers().firstValue("Location"));
        Job replay = openAi.queue().job(id);
        assertEquals(List.of("a cat"), replay.request().prompts());
        assertEquals(data.resolve("styles/pop.style"), replay.output().styleCard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Ftoken", "POP", "", "a.b", "%2Fetc%2Fpasswd", "caf%C3%A9", "a%00b"})
    void refusesNamesThatArePaths(String name) throws Exception {
        HttpResponse<String> response = openAi.atelier.post("/styles?name=" + name, "model sketchbook");

        assertEquals(400, response.statusCode());
        assertTrue(json(openAi.atelier.get("/styles")).getAsJsonArray("styles").isEmpty());
    }

    @Test
    void refusesWhatIsNoCard() throws Exception {
        HttpResponse<String> response = openAi.atelier.post("/styles?name=pop", "hello");

        assertEquals(400, response.statusCode());
        assertEquals(
                "the style card: not a style card.",
                error(response).get("message").getAsString());
        assertEquals(List.of(), List.of(data.resolve("styles").toFile().list()));
    }
}
