package org.atelier.it.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.images.Image;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import dev.langchain4j.model.openai.OpenAiImageModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.openai.OpenAiImageOptions;
import org.springframework.ai.openai.metadata.OpenAiImageGenerationMetadata;

/** OpenAI's clients, LangChain4j and Spring AI against one server, which generates with sketchbook in few steps. */
@Timeout(300)
class OpenAiClientsIT {

    private static final JsonValue STEPS = JsonValue.from(2);
    private static final JsonValue SEED = JsonValue.from(7);
    private static final int SIDE = 128;

    @TempDir
    private static Path folder;

    private static ServedDistribution server;
    private static OpenAIClient client;

    @BeforeAll
    static void serve() throws Exception {
        server = ServedDistribution.start(folder);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl())
                .apiKey(server.key())
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.stop();
    }

    @Test
    void openaiJavaListsModels() {
        assertTrue(client.models().list().data().stream()
                .anyMatch(model -> model.validate().id().equals("sketchbook")));
        assertEquals("atelier", client.models().retrieve("sketchbook").ownedBy());
    }

    @Test
    void openaiJavaGeneratesASet() throws Exception {
        ImagesResponse response = client.images().generate(generation().build());

        List<Image> images = response.validate().data().orElseThrow();
        assertEquals(2, images.size());
        for (Image image : images) {
            BufferedImage picture = picture(image);
            assertEquals(SIDE, picture.getWidth());
            assertEquals(SIDE, picture.getHeight());
        }
        assertArrayEquals(
                bytes(images.get(1)),
                bytes(client.images()
                        .generate(generation().build())
                        .data()
                        .orElseThrow()
                        .get(1)));
    }

    @Test
    void openaiJavaFollowsAStream() {
        List<String> completed = new ArrayList<>();
        int previews = 0;
        try (StreamResponse<ImageGenStreamEvent> events = client.images()
                .generateStreaming(generation()
                        .partialImages(1)
                        .putAdditionalBodyProperty("steps", JsonValue.from(4))
                        .build())) {
            for (ImageGenStreamEvent event : (Iterable<ImageGenStreamEvent>) events.stream()::iterator) {
                event.validate();
                event.generationCompleted().ifPresent(image -> completed.add(image.b64Json()));
                previews += event.isGenerationPartialImage() ? 1 : 0;
            }
        }

        assertEquals(2, completed.size());
        assertTrue(previews > 0, "there is no preview");
    }

    /** Streams have no file name, and the body no length. */
    @Test
    void openaiJavaEditsWithReferencesAndWithAMask() throws Exception {
        byte[] house = bytes(client.images()
                .generate(generation().build())
                .data()
                .orElseThrow()
                .get(0));
        ImagesResponse styled = client.images()
                .edit(edit().imageOfInputStreams(List.of(in(house), in(house)))
                        .putAdditionalBodyProperty("reference_prompt", JsonValue.from(List.of("a house", "a house")))
                        .putAdditionalBodyProperty("inversion_steps", STEPS)
                        .build());
        assertEquals(1, styled.validate().data().orElseThrow().size());

        ImagesResponse repainted =
                client.images().edit(edit().image(in(house)).mask(in(house)).build());
        assertEquals(1, repainted.validate().data().orElseThrow().size());
    }

    @Test
    void openaiJavaReadsTheFault() {
        BadRequestException fault = assertThrows(BadRequestException.class, () -> client.images()
                .generate(generation().size("7x7").build()));

        assertEquals("invalid_request", fault.code().orElseThrow());
        assertTrue(fault.getMessage().contains("width"), fault.getMessage());
    }

    @Test
    void langChain4jGeneratesAndEdits() throws Exception {
        OpenAiImageModel model = OpenAiImageModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(server.key())
                .modelName("sketchbook")
                .size(SIDE + "x" + SIDE)
                .maxRetries(0)
                .timeout(Duration.ofMinutes(2))
                .customQueryParams(
                        Map.of("steps", "2", "seed", "7", "inversion_steps", "2", "reference_prompt", "a house"))
                .build();

        assertEquals(2, model.generate("a house", 2).content().size());
        dev.langchain4j.data.image.Image house = model.generate("a house").content();
        assertEquals(
                SIDE,
                ImageIO.read(in(Base64.getDecoder().decode(house.base64Data()))).getWidth());
        assertTrue(model.edit(house, "a fish").content().base64Data().length() > 0);
    }

    /** Each prompt needs the time limit again: the options of a prompt replace that of the model by their default. */
    @Test
    void springAiGenerates() throws Exception {
        org.springframework.ai.openai.OpenAiImageModel model = org.springframework.ai.openai.OpenAiImageModel.builder()
                .options(OpenAiImageOptions.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(server.key())
                        .model("sketchbook")
                        .style("pop art")
                        .build())
                .httpClientBuilderCustomizer(http -> http.interceptor(OpenAiClientsIT::withFewSteps))
                .build();
        OpenAiImageOptions two = OpenAiImageOptions.builder()
                .n(2)
                .size(SIDE + "x" + SIDE)
                .timeout(Duration.ofMinutes(2))
                .build();

        List<ImageGeneration> images =
                model.call(new ImagePrompt("a house\na boat", two)).getResults();

        assertEquals(2, images.size());
        OpenAiImageGenerationMetadata boat =
                (OpenAiImageGenerationMetadata) images.get(1).getMetadata();
        assertEquals("a boat, pop art", boat.getRevisedPrompt());
        String base64 = images.get(1).getOutput().getB64Json();
        assertEquals(SIDE, ImageIO.read(in(Base64.getDecoder().decode(base64))).getWidth());
        assertThrows(
                BadRequestException.class,
                () -> model.call(new ImagePrompt(
                        "a house", OpenAiImageOptions.builder().size("7x7").build())));
    }

    private static Response withFewSteps(Interceptor.Chain chain) throws IOException {
        HttpUrl url = chain.request()
                .url()
                .newBuilder()
                .addQueryParameter("steps", "2")
                .build();
        return chain.proceed(chain.request().newBuilder().url(url).build());
    }

    /** The script prints a line for each thing that works; {@code -Datelier.python} names a Python that has its package. */
    @Test
    void openaiPythonDoesAllOfIt() throws Exception {
        String python = System.getProperty("atelier.python");
        assumeTrue(
                hasPackage(python),
                "skipped: " + python
                        + " has no package openai; install it with pip, or name another Python with -Datelier.python");
        Path output = folder.resolve("python.txt");
        Process process = new ProcessBuilder(
                        python,
                        Path.of("src/test/python/openai_images.py")
                                .toAbsolutePath()
                                .toString(),
                        server.baseUrl(),
                        server.key(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(4, TimeUnit.MINUTES), "the script does not end");

        assertEquals("""
                models: ['sketchbook']
                model: atelier
                generated: ['128x128', '128x128'] png
                the same again
                jpeg, webp
                edited: 1
                edited with two references: 2
                edited with a mask: 1
                streamed
                bad request: 400 invalid_request
                no such model: 404 model_not_found
                no token: 401 unauthorized
                """, Files.readString(output));
    }

    private static boolean hasPackage(String python) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python, "-c", "import openai")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }

    private static ImageGenerateParams.Builder generation() {
        return ImageGenerateParams.builder()
                .model("gpt-image-1")
                .prompt("a house\na boat")
                .n(2)
                .putAdditionalBodyProperty("steps", STEPS)
                .putAdditionalBodyProperty("seed", SEED);
    }

    private static ImageEditParams.Builder edit() {
        return ImageEditParams.builder()
                .prompt("a fish")
                .putAdditionalBodyProperty("steps", STEPS)
                .putAdditionalBodyProperty("seed", SEED);
    }

    private static ByteArrayInputStream in(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] bytes(Image image) {
        return Base64.getDecoder().decode(image.b64Json().orElseThrow());
    }

    private static BufferedImage picture(Image image) throws IOException {
        return ImageIO.read(in(bytes(image)));
    }
}
