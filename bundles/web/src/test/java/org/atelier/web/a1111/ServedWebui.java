package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.servlet.Servlet;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.atelier.api.job.Job;
import org.atelier.api.metadata.ForeignFormat;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.web.access.AccessRules;
import org.atelier.web.access.AccessToken;
import org.atelier.web.data.DataFiles;
import org.atelier.web.sets.FakeFormat;
import org.atelier.web.sets.FakeQueue;
import org.atelier.web.sets.ServedAtelier;
import org.atelier.web.uploads.UploadStores;

/** The servlet over fakes in a Jetty server; the test ends the jobs. */
public final class ServedWebui {

    /** The paths of the servlet. */
    public static final List<String> PATHS = List.of("/sdapi/v1/*", "/internal/ping");

    final FakeQueue queue;

    private final Path data;
    private final ServedAtelier atelier;
    private A1111Servlet servlet;
    private final HttpClient client = HttpClient.newHttpClient();

    ServedWebui(Path data) throws Exception {
        this.data = data;
        BiFunction<FakeQueue, AccessToken, Servlet> create = (queued, access) -> {
            if (servlet == null) {
                servlet = servlet(data, queued, access);
            }
            return servlet;
        };
        atelier = new ServedAtelier(
                data,
                AccessRules.ofThisMachine(),
                PATHS.stream().collect(Collectors.toMap(path -> path, path -> create)));
        queue = atelier.queue;
    }

    /** Returns the servlet alone, over the fakes. */
    public static A1111Servlet servlet(Path data, FakeQueue queue, AccessToken access) {
        DataFiles files = new DataFiles(data);
        return new A1111Servlet(
                queue,
                () -> List.of(model("sketchbook"), model("large")),
                () -> List.of(sampler("ddim"), sampler("euler-ancestral"), sampler("mine")),
                new FakeNames(),
                image -> new ImageOrigin(
                        1, 1, null, null, null, null, Map.of("parameters", "infotext of " + image.getFileName())),
                UploadStores.of(files, queue, new FakeFormat()),
                access,
                files,
                "1.2.3");
    }

    /** Closes the servlet; the server keeps running. */
    void close() {
        servlet.close();
    }

    /** The names of webui for two samplers. */
    private static final class FakeNames implements ForeignFormat {

        @Override
        public SetRequest request(GenerationParameters parameters, Consumer<String> notes) {
            String name = parameters.settings().get("Sampler");
            var request = SetRequest.builder().prompts("");
            if (name.startsWith("Euler a")) {
                request.sampler("euler-ancestral");
            } else if (name.equals("DDIM")) {
                request.sampler("ddim");
            }
            if ("karras".equalsIgnoreCase(parameters.settings().get("Schedule type")) && name.startsWith("Euler")) {
                request.samplerOptions(Map.of("sigmas", "karras"));
            }
            return request.build();
        }

        @Override
        public Optional<GenerationParameters> parameters(Map<String, String> texts) {
            return Optional.of(new GenerationParameters(
                    "stable-diffusion-webui", "a cat", "dogs", Map.of("Steps", "20", "Size", "64x32")));
        }

        @Override
        public String webuiSampler(String sampler) {
            return Map.of("ddim", "DDIM", "euler-ancestral", "Euler a").getOrDefault(sampler, sampler);
        }
    }

    private static ModelDescription model(String name) {
        return new ModelDescription(name, Path.of("/models", name), name, "", Map.of(), 64, 64);
    }

    private static PluginDescription sampler(String name) {
        return new PluginDescription("sampler", name, "1.0.0", "org.atelier.samplers", "ready", name, "", List.of());
    }

    String token() {
        return atelier.token;
    }

    HttpRequest.Builder call(String path) {
        return callOf("alice", path);
    }

    HttpRequest.Builder callOf(String user, String path) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + token()).getBytes(StandardCharsets.UTF_8));
        return bare(path).header("Authorization", "Basic " + pair);
    }

    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + atelier.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(call("/sdapi/v1/" + path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(call("/sdapi/v1/" + path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return client.send(call.build(), BodyHandlers.ofString());
    }

    /** Sends a call that waits for its set. */
    CompletableFuture<HttpResponse<String>> begin(String path, String body) {
        return client.sendAsync(
                call("/sdapi/v1/" + path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** Waits for job number {@code index} and its listener. */
    Job submitted(int index) {
        await(() -> queue.jobs().size() > index && queue.listeners.size() > index);
        return queue.jobs().get(index);
    }

    /** Ends a job with some of its images. */
    void end(Job job, Job.State state, int images, Job.Fault fault) throws IOException {
        List<GeneratedImage> written = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            Path file = Files.write(data.resolve("%03d.png".formatted(i)), png(64, 32, i));
            written.add(new GeneratedImage(i, "a cat", 7L + i, file, "ab"));
        }
        queue.put(with(job, state, null, written, fault));
    }

    /** Reports the progress of a job. */
    void progress(Job job, int done, int total) {
        queue.put(with(job, Job.State.RUNNING, new Progress(Progress.Phase.GENERATING, done, total), List.of(), null));
    }

    /** The job with every value resolved. */
    private static Job with(Job job, Job.State state, Progress progress, List<GeneratedImage> images, Job.Fault fault) {
        SetRequest request = job.request().toBuilder()
                .items(job.request().items().stream()
                        .map(item -> new SetItem(item.prompt(), null, 64, 32, Map.of()))
                        .toList())
                .seed(7L)
                .steps(20)
                .cfgScale(5)
                .sampler("ddim")
                .build();
        return new Job(
                job.id(),
                job.client(),
                state,
                0,
                request,
                job.output(),
                1,
                Instant.EPOCH,
                Instant.now().minusSeconds(10),
                null,
                progress,
                images,
                List.of(),
                fault);
    }

    static byte[] png(int width, int height, int shade) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, new Color(shade, 0, 0).getRGB());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition was not met in time");
            }
            Thread.onSpinWait();
        }
    }

    void stop() throws Exception {
        servlet.close();
        atelier.stop();
    }
}
