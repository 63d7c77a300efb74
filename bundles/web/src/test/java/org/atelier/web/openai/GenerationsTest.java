package org.atelier.web.openai;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.atelier.web.sets.ServedAtelier.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.GeneratedImage;
import org.atelier.pictures.container.ImageKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GenerationsTest {

    private static final String PATH = "/images/generations";

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
    void answersWithTheImagesOfASet() throws Exception {
        CompletableFuture<HttpResponse<String>> called =
                openAi.call(PATH, "{\"prompt\":\"a fox\\n\\n a boat \",\"style\":\"linocut\",\"n\":2,\"user\":\"me\"}");
        Job job = openAi.complete(openAi.submitted());
        HttpResponse<String> response = called.get(20, TimeUnit.SECONDS);

        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("me", job.client());
        assertEquals("{\"items\":[\"a fox\",\"a boat\"],\"style\":\"linocut\"}", openAi.format.last.toString());
        JsonObject answer = json(response);
        assertEquals("64x32", answer.get("size").getAsString());
        assertEquals("png", answer.get("output_format").getAsString());
        JsonArray images = answer.getAsJsonArray("data");
        assertEquals(2, images.size());
        for (int i = 0; i < 2; i++) {
            JsonObject image = images.get(i).getAsJsonObject();
            assertEquals(
                    Base64.getEncoder().encodeToString(Files.readAllBytes(data.resolve("%03d.png".formatted(i)))),
                    image.get("b64_json").getAsString());
            assertEquals(7 + i, image.get("seed").getAsInt());
        }
        ServedOpenAi.await(() -> openAi.queue().listeners.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt':'a fox','n':3} | ['a fox','a fox','a fox']",
                "{'prompt':'a fox','n':null} | ['a fox']",
                "{'prompts':['a fox','a boat\\nat sea'],'n':1} | ['a fox','a boat\\nat sea']",
                "{'prompts':['a fox','a boat'],'n':4} | ['a fox','a fox','a boat','a boat']",
            })
    void drawsOneImageForEachPrompt(String call, String items) throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, call.replace('\'', '"'));
        openAi.complete(openAi.submitted());

        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(JsonParser.parseString(items.replace('\'', '"')), openAi.format.last.get("items"));
    }

    /** What OpenAI defines and Atelier has no use for is accepted; what is unknown is ignored. */
    @Test
    void acceptsWhatClientsSend() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, """
                {"prompt":"a fox","model":"gpt-image-1","n":1,"size":"1024x768","quality":"hd","style":"vivid",
                 "background":"opaque","moderation":"low","response_format":"url","user":"","safety_identifier":"x",
                 "negative_prompt":"blur","steps":4,"seed":3,"cfg_scale":2.5,"attention_options":{"level":1},"foo":[1]}""");
        openAi.complete(openAi.submitted());
        HttpResponse<String> response = called.get(20, TimeUnit.SECONDS);

        assertEquals(200, response.statusCode(), response.body());
        assertTrue(
                json(response).getAsJsonArray("data").get(0).getAsJsonObject().has("b64_json"));
        assertEquals(JsonParser.parseString("""
                        {"items":["a fox"],"width":1024,"height":768,"negative_prompt":"blur","steps":4,"seed":3,
                         "cfg_scale":2.5,"attention_options":{"level":1}}"""), openAi.format.last);
    }

    /** LangChain4j can add parameters to the query only. */
    @Test
    void takesParametersFromTheQueryToo() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(
                PATH + "?steps=4&style=pop%20art&seed=3&api-version=1&mask=x", "{\"prompt\":\"a fox\",\"seed\":5}");
        openAi.complete(openAi.submitted());

        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(
                JsonParser.parseString("{\"items\":[\"a fox\"],\"steps\":4,\"seed\":5,\"style\":\"pop art\"}"),
                openAi.format.last);
    }

    /** A field of requests that is added must be passed on too, or be set from a parameter of another name. */
    @Test
    void passesOnEveryFieldOfARequest() throws Exception {
        JsonObject schema = JsonParser.parseString(Files.readString(Path.of("../../docs/request.schema.json")))
                .getAsJsonObject()
                .getAsJsonObject("properties");
        List<String> fields = new ArrayList<>(schema.keySet());
        fields.removeAll(SetRequestTranslator.PASSED_THROUGH);
        fields.removeAll(
                List.of("schema_version", "model", "items", "style", "references", "init_images", "masks", "card"));

        assertEquals(List.of(), fields);
        assertTrue(schema.keySet().containsAll(SetRequestTranslator.PASSED_THROUGH));
    }

    @ParameterizedTest
    @EnumSource(ImageKind.class)
    void answersInEachFormat(ImageKind kind) throws Exception {
        String format = kind.name().toLowerCase(Locale.ROOT);
        CompletableFuture<HttpResponse<String>> called = openAi.call(
                PATH, "{\"prompt\":\"a fox\",\"output_format\":\"%s\",\"output_compression\":80}".formatted(format));
        openAi.complete(openAi.submitted());
        JsonObject answer = json(called.get(20, TimeUnit.SECONDS));

        assertEquals(format, answer.get("output_format").getAsString());
        String base64 = answer.getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("b64_json")
                .getAsString();
        assertEquals(Optional.of(kind), ImageKind.of(Base64.getDecoder().decode(base64)));
    }

    @Test
    void takesReferencesInBase64AndByPath() throws Exception {
        byte[] picture = ServedOpenAi.png(8, 8, Color.RED);
        String base64 = Base64.getEncoder().encodeToString(picture);
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, """
                {"prompt":"a fox","references":["%s",{"image":"data:image/png;base64,%s","prompt":"a red square","weight":2},
                 "/srv/cat.png"],"reference_prompt":["red"]}""".formatted(base64, base64));
        openAi.complete(openAi.submitted());

        assertEquals(
                1, json(called.get(20, TimeUnit.SECONDS)).getAsJsonArray("data").size());
        JsonArray references = openAi.format.last.getAsJsonArray("references");
        String stored = references.get(0).getAsJsonObject().get("file").getAsString();
        assertTrue(Path.of(stored).startsWith(data.resolve("uploads")), stored);
        assertEquals("red", references.get(0).getAsJsonObject().get("prompt").getAsString());
        assertEquals(
                "{\"prompt\":\"a red square\",\"weight\":2,\"file\":\"" + stored + "\"}",
                references.get(1).toString());
        assertEquals("{\"file\":\"/srv/cat.png\"}", references.get(2).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | prompt | prompt: is missing.",
                "{'prompt':' \\n '} | prompt | prompt: must not be empty.",
                "{'prompt':5} | prompt | prompt: must be a string.",
                "{'prompt':'a','n':0} | n | n: must be from 1 to 10000.",
                "{'prompt':'a','n':2000000000} | n | n: must be from 1 to 10000.",
                "{'prompt':'a','n':1e9999999} | n | n: must be a whole number from 1 to 10000.",
                "{'prompt':'a','n':'many'} | n | n: must be a whole number from 1 to 10000.",
                "{'prompt':'a\\nb','n':3} | n | n: 3 images do not fit 2 prompts, one a line; n must be 1 or a multiple of their number.",
                "{'prompt':'a','size':'large'} | size | size: must be auto or WIDTHxHEIGHT, such as 1024x1024.",
                "{'prompt':'a','size':'999999x1'} | size | size: must be auto or WIDTHxHEIGHT, such as 1024x1024.",
                "{'prompt':'a','output_format':'svg'} | output_format | output_format: must be png, jpeg or webp.",
                "{'prompt':'a','output_compression':101} | output_compression | output_compression: must be from 0 to 100.",
                "{'prompt':'a','partial_images':4} | partial_images | partial_images: must be from 0 to 3.",
                "{'prompt':'a','stream':'yes'} | stream | stream: must be true or false.",
                "{'prompt':'a','background':'transparent'} | background | background: transparent images are not supported; use opaque or auto.",
                "{'prompt':'a','reference':7} | reference | reference: must be an image in base64, or the path of a file.",
                "{'prompt':'a','denoise':0.5} | image | image: is missing; a mask needs the picture that is repainted.",
                "{'prompt':'a','style_card':'../token'} | | The name of a style has 1 to 64 lower-case letters, digits, hyphens and underscores.",
                "{'prompt':'a','save_style':'/etc/x'} | | The name of a style has 1 to 64 lower-case letters, digits, hyphens and underscores.",
                "[1] | | The body is not a JSON object.",
                "{'prompt': | | The body is not valid JSON; send a JSON object.",
                "{'prompt':'a'} x | | The body is not valid JSON; send a JSON object.",
            })
    void reportsTheFaultAndItsParameter(String call, String parameter, String message) throws Exception {
        HttpResponse<String> response = openAi.atelier.post(PATH, call.replace('\'', '"'));

        assertEquals(400, response.statusCode());
        assertEquals(message, error(response).get("message").getAsString());
        assertEquals("invalid_request_error", error(response).get("type").getAsString());
        assertEquals(
                parameter,
                error(response).get("param").isJsonNull()
                        ? null
                        : error(response).get("param").getAsString());
        assertTrue(openAi.queue().jobs().isEmpty());
    }

    @Test
    void reportsTheFaultsOfTheSetByTheNamesOfTheCall() throws Exception {
        HttpResponse<String> response = openAi.atelier.post(PATH, "{\"prompt\":\"a fox\",\"steps\":0}");

        assertEquals(400, response.statusCode());
        assertEquals(
                "steps: must be at least 1.\nx: no.",
                error(response).get("message").getAsString());
        assertEquals("steps", error(response).get("param").getAsString());
    }

    @Test
    void asksToTryAgainWhenTheQueueIsFull() throws Exception {
        openAi.queue().refusal = new AtelierException(Code.QUEUE_FULL, "The queue is full.");

        HttpResponse<String> response = openAi.atelier.post(PATH, "{\"prompt\":\"a fox\"}");

        assertEquals(429, response.statusCode());
        assertEquals("5", response.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void reportsWhyAJobFailed() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, "{\"prompt\":\"a fox\"}");
        Job job = openAi.submitted();
        openAi.queue()
                .put(openAi.with(job, State.FAILED, List.of(), new Job.Fault(Code.OUT_OF_MEMORY, "Out of memory.")));
        HttpResponse<String> response = called.get(20, TimeUnit.SECONDS);

        assertEquals(507, response.statusCode());
        assertEquals("Out of memory.", error(response).get("message").getAsString());
    }

    @Test
    void reportsAnImageThatCannotBeRead() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, "{\"prompt\":\"a fox\"}");
        Job job = openAi.submitted();
        List<GeneratedImage> images = openAi.images(job, 1);
        Files.delete(images.get(0).file());
        openAi.queue().put(openAi.with(job, State.COMPLETED, images, null));
        HttpResponse<String> response = called.get(20, TimeUnit.SECONDS);

        assertEquals(500, response.statusCode());
        assertEquals("internal_error", error(response).get("code").getAsString());
    }

    @Test
    void reportsThatAJobWasCancelled() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, "{\"prompt\":\"a fox\"}");
        openAi.queue().cancel(openAi.submitted().id());

        assertEquals(409, called.get(20, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void listsTheModels() throws Exception {
        JsonObject list = json(openAi.atelier.get("/models"));

        assertEquals("list", list.get("object").getAsString());
        assertEquals(
                List.of("sketchbook", "org/large"),
                IntStream.range(0, 2)
                        .mapToObj(i -> list.getAsJsonArray("data")
                                .get(i)
                                .getAsJsonObject()
                                .get("id")
                                .getAsString())
                        .toList());
        assertEquals(
                "model",
                json(openAi.atelier.get("/models/org/large")).get("object").getAsString());
        HttpResponse<String> unknown = openAi.atelier.get("/models/gpt-9");
        assertEquals(404, unknown.statusCode());
        assertEquals("model_not_found", error(unknown).get("code").getAsString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /images/generations, 405",
        "POST, /models, 405",
        "PUT, /styles, 405",
        "POST, /images/variations, 404",
        "POST, /images, 404",
        "POST, /images/edits/more, 404",
        "GET, /styles/one/two, 404",
        "GET, /styles/NONE, 400",
        "GET, /styles/none, 404",
        "DELETE, /styles/none, 404"
    })
    void refusesWhatIsNoRoute(String method, String path, int status) throws Exception {
        HttpResponse<String> response =
                openAi.atelier.send(openAi.atelier.call(path).method(method, BodyPublishers.noBody()));

        assertEquals(status, response.statusCode(), response.body());
        assertTrue(error(response).has("code"));
    }

    @Test
    void requiresTheToken() throws Exception {
        for (String path : Arrays.asList(PATH, "/images/edits", "/models", "/styles")) {
            assertEquals(401, openAi.atelier.send(openAi.atelier.bare(path)).statusCode());
        }
    }
}
