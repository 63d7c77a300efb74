package org.atelier.web;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.JOB_NOT_FOUND;

import com.google.gson.JsonObject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.DrawnPicture;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;

/** {@code /v1/sets}: submitting, following, ending and resuming sets, and their files. */
final class Sets {

    private final SetQueue queue;
    private final RequestFormat format;
    private final Followers followers;
    private final JobJson form;

    Sets(SetQueue queue, RequestFormat format, Followers followers) {
        this.queue = queue;
        this.format = format;
        this.followers = followers;
        this.form = new JobJson(format);
    }

    /** @param call its path begins with {@code sets} */
    void answer(Call call, Answer answer) throws IOException {
        String id = call.part(1);
        String route = call.method() + " " + (id.isEmpty() ? "" : "ID") + "/" + call.part(2);
        switch (route) {
            case "GET /" -> answer.list("sets", queue.jobs(), form::of);
            case "POST /" -> submit(call, answer);
            case "GET ID/" -> answer.json(200, form.of(queue.job(id)));
            case "DELETE ID/" -> answer.json(200, form.of(queue.cancel(id)));
            case "POST ID/resume" -> answer.json(202, form.of(queue.resume(id)));
            case "GET ID/events" -> follow(id, call);
            case "GET ID/files" -> file(id, call.part(3), answer);
            default ->
                throw Refusal.of(
                        404,
                        "not_found",
                        "There is no %s of %s; GET /v1/capabilities lists what there is."
                                .formatted(call.method(), call.request().getRequestURI()));
        }
    }

    private void submit(Call call, Answer answer) throws IOException {
        SetRequest request = format.read(call.body(), "the request");
        Path card = call.query("style_card")
                .map(name -> absolute("style_card", name))
                .orElse(null);
        Path folder = call.query("output").map(name -> absolute("output", name)).orElse(null);
        Job job = queue.submit(
                request, new SetOutput(folder, card), call.query("client").orElse("http"));
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

    private void follow(String id, Call call) throws IOException {
        followers.requireRoom();
        EventStream stream =
                followers.add(queue, id, form, call.query("previews").equals(Optional.of("true")));
        AsyncContext connection = call.request().startAsync();
        connection.getResponse().setContentType("text/event-stream");
        connection.getResponse().setCharacterEncoding("UTF-8");
        stream.open(connection);
    }

    /** Of the files that the job wrote the one of that name; a name that the caller made up is none of them. */
    private void file(String id, String name, Answer answer) throws IOException {
        Path file = written(queue.job(id)).get(name);
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new AtelierException(JOB_NOT_FOUND, "Job %s has written no file of that name.".formatted(id));
        }
        answer.file(file, name.endsWith(".json") ? "application/json" : "image/png");
    }

    private static Map<String, Path> written(Job job) {
        Map<String, Path> written = new TreeMap<>();
        for (DrawnPicture picture : job.pictures()) {
            written.put(picture.file().getFileName().toString(), picture.file());
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
        limits.addProperty("body_bytes", Call.MOST_BYTES);
        limits.addProperty("followers", Followers.MOST);
        limits.addProperty("preview_pixels", PreviewPictures.MOST_PIXELS);
        return limits;
    }
}
