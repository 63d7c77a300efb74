package org.atelier.web;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.JOB_NOT_FOUND;

import com.google.gson.JsonObject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;

/** Sets over HTTP: taking them in, telling of them, and their files. */
final class Sets {

    private static final Pattern CLIENT = Pattern.compile("\\P{Cntrl}{1,64}");

    private final SetQueue queue;
    private final RequestFormat format;
    private final SseBroadcaster followers;
    private final JobJson form;

    Sets(SetQueue queue, RequestFormat format, SseBroadcaster followers) {
        this.queue = queue;
        this.format = format;
        this.followers = followers;
        this.form = new JobJson(format);
    }

    void list(ApiResponse answer) throws IOException {
        answer.list("sets", queue.jobs(), form::of);
    }

    void show(String id, ApiResponse answer) throws IOException {
        answer.json(200, form.of(queue.job(id)));
    }

    void cancel(String id, ApiResponse answer) throws IOException {
        answer.json(200, form.of(queue.cancel(id)));
    }

    void resume(String id, ApiResponse answer) throws IOException {
        answer.json(202, form.of(queue.resume(id)));
    }

    void submit(ApiRequest call, ApiResponse answer) throws IOException {
        SetRequest request = format.read(call.body(), "the request");
        Path card = call.query("style_card")
                .map(name -> absolute("style_card", name))
                .orElse(null);
        Path folder = call.query("output").map(name -> absolute("output", name)).orElse(null);
        String client = call.query("client").orElse("http");
        if (!CLIENT.matcher(client).matches()) {
            throw new AtelierException(
                    INVALID_REQUEST, "client: say who asks in 1 to 64 letters, without control characters.");
        }
        Job job = queue.submit(request, new SetOutput(folder, card), client);
        answer.response().setHeader("Location", "/v1/sets/" + job.id());
        answer.json(202, form.of(job));
    }

    /** Who holds the token is the user of this machine, and may write where that user may. */
    private static Path absolute(String parameter, String name) {
        try {
            Path path = Path.of(name);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new AtelierException(INVALID_REQUEST, parameter + ": '" + name + "' is no name of a file.", e);
        }
        throw new AtelierException(
                INVALID_REQUEST, parameter + ": '" + name + "' says not in which folder; give the absolute path.");
    }

    void follow(String id, ApiRequest call) throws IOException {
        EventStream stream =
                followers.add(queue, id, form, call.query("previews").equals(Optional.of("true")));
        try {
            AsyncContext connection = call.request().startAsync();
            connection.getResponse().setContentType("text/event-stream");
            connection.getResponse().setCharacterEncoding("UTF-8");
            stream.open(connection);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Of the files that the job wrote the one of that name; a name that the caller made up is none of them. */
    void file(String id, String name, ApiResponse answer) throws IOException {
        Path file = written(queue.job(id)).get(name);
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw noFile(id, null);
        }
        try (FileChannel channel = opened(id, file)) {
            answer.file(channel, name.endsWith(".json") ? "application/json" : "image/png");
        }
    }

    private static FileChannel opened(String id, Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw noFile(id, e);
        }
    }

    private static AtelierException noFile(String id, IOException cause) {
        return new AtelierException(
                JOB_NOT_FOUND,
                "Job %s has written no file of that name, or it can be read no more.".formatted(id),
                cause);
    }

    private static Map<String, Path> written(Job job) {
        Map<String, Path> written = new TreeMap<>();
        for (GeneratedImage image : job.images()) {
            written.put(image.file().getFileName().toString(), image.file());
        }
        if (job.state() == Job.State.COMPLETED) {
            for (String name : new String[] {"contact-sheet.png", "set.json"}) {
                written.put(name, job.output().folder().resolve(name));
            }
        }
        return written;
    }

    /** What is offered, for those who ask for it. */
    static JsonObject limits() {
        JsonObject limits = new JsonObject();
        limits.addProperty("body_bytes", ApiRequest.MOST_BYTES);
        limits.addProperty("followers", SseBroadcaster.MOST);
        limits.addProperty("preview_pixels", PreviewImages.MOST_PIXELS);
        return limits;
    }
}
