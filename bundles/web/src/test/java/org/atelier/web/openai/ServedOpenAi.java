package org.atelier.web.openai;

import jakarta.servlet.Servlet;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.api.set.StyleCards;
import org.atelier.files.Sha256;
import org.atelier.web.access.AccessRules;
import org.atelier.web.access.AccessToken;
import org.atelier.web.data.DataFiles;
import org.atelier.web.sets.FakeQueue;
import org.atelier.web.sets.ServedAtelier;
import org.atelier.web.uploads.UploadStores;

/** The servlet over fakes; the test completes the jobs. */
public final class ServedOpenAi {

    /** The paths of the servlet. */
    public static final List<String> PATHS = List.of("/v1/images/*", "/v1/models/*", "/v1/styles/*");

    /** More than the calls that may wait. */
    private static final int MAX_CONNECTIONS = 320;

    final RecordingFormat format = new RecordingFormat();
    final ServedAtelier atelier;
    private final Path data;
    private final HttpClient client = HttpClient.newHttpClient();
    private OpenAiServlet servlet;

    ServedOpenAi(Path data) throws Exception {
        this.data = data;
        BiFunction<FakeQueue, AccessToken, Servlet> create = (queue, access) -> {
            if (servlet == null) {
                servlet = servlet(data, format, queue, access);
            }
            return servlet;
        };
        atelier = new ServedAtelier(
                data,
                AccessRules.ofThisMachine(),
                PATHS.stream().collect(Collectors.toMap(path -> path, path -> create)),
                MAX_CONNECTIONS);
    }

    /** Returns the servlet alone, over the fakes. */
    public static OpenAiServlet servlet(Path data, FakeQueue queue, AccessToken access) {
        return servlet(data, new RecordingFormat(), queue, access);
    }

    private static OpenAiServlet servlet(Path data, RequestFormat format, FakeQueue queue, AccessToken access) {
        DataFiles files = new DataFiles(data);
        return new OpenAiServlet(
                queue,
                format,
                () -> List.of(
                        new ModelDescription("sketchbook", data, "A model", "", Map.of(), 64, 64),
                        new ModelDescription("org/large", data.resolve("none"), "", "", Map.of(), 1024, 1024)),
                new FakeCards(),
                UploadStores.of(files, queue, format),
                access,
                files);
    }

    /** A card is a file with the name of its model. */
    private static final class FakeCards implements StyleCards {

        @Override
        public boolean isCard(Path file) {
            return true;
        }

        @Override
        public StyleCard read(Path file) {
            try {
                String model = Files.readString(file);
                if (!model.startsWith("model ")) {
                    throw new AtelierException(Code.INPUT_UNREADABLE, file + ": not a style card.");
                }
                return new StyleCard(
                        new StyleCardFile(file.toString(), Sha256.of(file)),
                        "1.0",
                        model.substring(6),
                        "0",
                        SetRequest.builder().prompts("a house").style("pop art").build(),
                        0);
            } catch (IOException e) {
                throw new AtelierException(Code.INPUT_UNREADABLE, file + ": not readable.", e);
            }
        }
    }

    FakeQueue queue() {
        return atelier.queue;
    }

    /** Sends a call that waits for its job. */
    CompletableFuture<HttpResponse<String>> call(String path, String json) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return atelier.post(path, json);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Sends a call without a thread that waits. */
    CompletableFuture<HttpResponse<String>> begin(String path, String json) {
        return client.sendAsync(
                atelier.call(path)
                        .timeout(Duration.ofSeconds(60))
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> form(String path, MultipartBody form) throws IOException, InterruptedException {
        return atelier.send(
                atelier.call(path).header("Content-Type", form.type()).POST(BodyPublishers.ofByteArray(form.bytes())));
    }

    /** Waits for the first job. */
    Job submitted() {
        await(() -> !queue().jobs().isEmpty() && !queue().listeners.isEmpty());
        return queue().jobs().get(0);
    }

    /** Writes an image for each item and ends the job. */
    Job complete(Job job) throws IOException {
        Job done = with(job, State.COMPLETED, images(job, job.request().items().size()), null);
        queue().put(done);
        return done;
    }

    List<GeneratedImage> images(Job job, int count) throws IOException {
        List<GeneratedImage> images = new ArrayList<>();
        int first = job.request().firstGenerated();
        for (int i = 0; i < first + count; i++) {
            Path file = data.resolve("%03d.png".formatted(i));
            Files.write(file, png(64, 32, new Color(i * 40, 0, 0)));
            boolean reference = i < first;
            String prompt = reference ? "reference" : job.request().styledPrompt(i - first);
            images.add(new GeneratedImage(i, prompt, reference ? null : 7L + i, file, "ab"));
        }
        return images;
    }

    Job with(Job job, State state, List<GeneratedImage> images, Job.Fault fault) {
        return new Job(
                job.id(),
                job.client(),
                state,
                0,
                job.request(),
                job.output(),
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                images,
                List.of(),
                fault);
    }

    void stop() throws Exception {
        servlet.close();
        atelier.stop();
    }

    public static byte[] png(int width, int height, Color color) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < width; x++) {
            image.setRGB(x, 0, color.getRGB());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition was not met in time");
            }
            Thread.onSpinWait();
        }
    }
}
