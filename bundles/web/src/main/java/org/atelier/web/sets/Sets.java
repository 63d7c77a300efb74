package org.atelier.web.sets;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.styles.Styles;
import org.atelier.web.uploads.UploadStore;
import org.atelier.wire.JobJson;

/** Handles the routes of sets: submission, state, events and files. */
final class Sets {

    private static final Pattern CLIENT = Pattern.compile("\\P{Cntrl}{1,64}");

    /** The number of an image, and the id of a job. */
    private static final Pattern REPLACEMENT = Pattern.compile("([0-9]{1,5}):([a-z0-9-]{1,64})");

    private static final List<String> OF_THE_WHOLE_SET = List.of("contact-sheet.png", "set.json");

    private final SetQueue queue;
    private final QueueChanges changes;
    private final RequestFormat format;
    private final Styles styles;
    private final SseBroadcaster broadcaster;
    private final JobJson jobJson;

    Sets(SetQueue queue, QueueChanges changes, RequestFormat format, Styles styles, SseBroadcaster broadcaster) {
        this.queue = queue;
        this.changes = changes;
        this.format = format;
        this.styles = styles;
        this.broadcaster = broadcaster;
        this.jobJson = new JobJson(format);
    }

    void list(ApiResponse response) throws IOException {
        response.list("sets", queue.jobs(), jobJson::of);
    }

    void show(String id, ApiResponse response) throws IOException {
        response.json(200, jobJson.of(queue.job(id)));
    }

    void cancel(String id, ApiResponse response) throws IOException {
        response.json(200, jobJson.of(queue.cancel(id)));
    }

    void resume(String id, ApiResponse response) throws IOException {
        response.json(202, jobJson.of(queue.resume(id)));
    }

    void submit(ApiRequest request, ApiResponse response) throws IOException {
        SetRequest setRequest = format.read(request.body(), "the request");
        Path card = card(request).orElse(null);
        Path folder =
                request.query("output").map(name -> absolute("output", name)).orElse(null);
        String client = request.query("client").orElse("http");
        if (!CLIENT.matcher(client).matches()) {
            throw new AtelierException(
                    INVALID_REQUEST, "client: the name must have 1 to 64 characters and no control characters.");
        }
        Job job = queue.submit(setRequest, new SetOutput(folder, card), client);
        response.servletResponse().setHeader("Location", "/v1/sets/" + job.id());
        response.json(202, jobJson.of(job));
    }

    /** Where the style card of a set is written: a file, or a style by name. */
    private Optional<Path> card(ApiRequest request) {
        Optional<Path> file = request.query("style_card").map(name -> absolute("style_card", name));
        Optional<Path> style = request.query("save_style").map(styles::fresh);
        if (file.isPresent() && style.isPresent()) {
            throw new AtelierException(INVALID_REQUEST, "Give style_card or save_style, not both.");
        }
        return file.or(() -> style);
    }

    /** Any absolute path is allowed: the holder of the token is the user who runs this server, with the same permissions. */
    private static Path absolute(String parameter, String name) {
        try {
            Path path = Path.of(name);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new AtelierException(INVALID_REQUEST, parameter + ": '" + name + "' is not a valid path.", e);
        }
        throw new AtelierException(INVALID_REQUEST, parameter + ": '" + name + "' must be an absolute path.");
    }

    void follow(String id, ApiRequest request) throws IOException {
        open(broadcaster.add(queue, id, jobJson, request.query("previews").equals(Optional.of("true"))), request);
    }

    void followAll(ApiRequest request) throws IOException {
        open(broadcaster.add(queue, changes), request);
    }

    private static void open(EventStream stream, ApiRequest request) throws IOException {
        try {
            AsyncContext connection = request.servletRequest().startAsync();
            connection.getResponse().setContentType("text/event-stream");
            connection.getResponse().setCharacterEncoding("UTF-8");
            stream.open(connection);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Sends a file that the job wrote. The name is looked up among those files only, so it cannot name any other file. */
    void file(String id, String name, ApiResponse response) throws IOException {
        Path file = written(queue.job(id)).get(name);
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw noFile(id, name, null);
        }
        try (FileChannel channel = opened(id, name, file)) {
            response.file(channel, name.endsWith(".json") ? "application/json" : "image/png");
        }
    }

    /** Sends all files of a job, some replaced by images of other jobs. */
    void archive(String id, ApiRequest request, ApiResponse response) throws IOException {
        Job job = queue.job(id);
        Map<String, Path> files = written(job);
        request.query("with").ifPresent(text -> replace(files, text));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            opened(id, file.getKey(), file.getValue()).close();
        }
        if (files.isEmpty()) {
            throw new AtelierException(JOB_NOT_FOUND, "Job %s has written no images yet.".formatted(id));
        }
        response.servletResponse().setContentType("application/zip");
        response.servletResponse().setHeader("Content-Disposition", "attachment; filename=\"" + id + ".zip\"");
        new SetArchive(files, job.submitted())
                .writeTo(response.servletResponse().getOutputStream());
    }

    /**
     * Puts the last images of other jobs in the place of images. The contact sheet and the record of the set do not show them, so
     * they are left out.
     *
     * @param replacements {@code INDEX:ID}, separated by commas
     */
    private void replace(Map<String, Path> files, String replacements) {
        for (String replacement : replacements.split(",")) {
            Matcher matcher = REPLACEMENT.matcher(replacement);
            String name = matcher.matches() ? "%03d.png".formatted(Integer.parseInt(matcher.group(1))) : "";
            if (!files.containsKey(name)) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "with: '%s' must be the number of an image of the set, a colon and the id of a job."
                                .formatted(replacement));
            }
            List<GeneratedImage> images = queue.job(matcher.group(2)).images();
            if (images.isEmpty()) {
                throw new AtelierException(
                        JOB_NOT_FOUND, "Job %s has written no images yet.".formatted(matcher.group(2)));
            }
            files.put(name, images.get(images.size() - 1).file());
        }
        files.keySet().removeAll(OF_THE_WHOLE_SET);
    }

    private static FileChannel opened(String id, String name, Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw noFile(id, name, e);
        }
    }

    private static AtelierException noFile(String id, String name, IOException cause) {
        return new AtelierException(
                JOB_NOT_FOUND,
                "Job %s has no file %s, or the file cannot be read any more.".formatted(id, name),
                cause);
    }

    private static Map<String, Path> written(Job job) {
        Map<String, Path> written = new TreeMap<>();
        for (GeneratedImage image : job.images()) {
            written.put(image.file().getFileName().toString(), image.file());
        }
        if (job.state() == Job.State.COMPLETED) {
            for (String name : OF_THE_WHOLE_SET) {
                written.put(name, job.output().folder().resolve(name));
            }
        }
        return written;
    }

    /** Returns the limits that {@code /v1/capabilities} lists. */
    static JsonObject limits() {
        JsonObject limits = new JsonObject();
        limits.addProperty("body_bytes", ApiRequest.MAX_BYTES);
        limits.addProperty("upload_bytes", UploadStore.MAX_BYTES);
        limits.addProperty("event_streams", SseBroadcaster.MAX_STREAMS);
        limits.addProperty("preview_pixels", PreviewImages.MAX_PIXELS);
        return limits;
    }
}
