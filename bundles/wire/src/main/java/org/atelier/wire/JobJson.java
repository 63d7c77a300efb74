package org.atelier.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;

/** Converts jobs to and from JSON. */
public final class JobJson {

    private static final String REQUEST = "request";

    private final RequestFormat format;

    public JobJson(RequestFormat format) {
        this.format = format;
    }

    /** The complete job; members without a value are null. */
    public JsonObject of(Job job) {
        JsonObject json = withoutRequest(job);
        json.add(REQUEST, JsonParser.parseString(format.write(job.request())));
        return json;
    }

    /** As {@link #of}, without the request, which may be long. */
    public static JsonObject withoutRequest(Job job) {
        JsonObject json = new JsonObject();
        json.addProperty("id", job.id());
        json.addProperty("status", Members.written(job.state()));
        json.addProperty("queue_position", job.position());
        json.add("progress", job.progress() == null ? JsonNull.INSTANCE : form(job.progress()));
        json.addProperty("client", job.client());
        json.addProperty("attempts", job.attempts());
        json.addProperty("submitted", text(job.submitted()));
        json.addProperty("started", text(job.started()));
        json.addProperty("ended", text(job.ended()));
        json.addProperty("folder", job.output().folder().toString());
        json.addProperty(
                "style_card",
                job.output().styleCard() == null
                        ? null
                        : job.output().styleCard().toString());
        json.add("images", array(job.images(), JobJson::form));
        json.add("notes", array(job.notes(), JsonPrimitive::new));
        json.add("error", job.fault() == null ? JsonNull.INSTANCE : FaultJson.of(job.fault()));
        return json;
    }

    /** @throws RuntimeException if it is not a job */
    public Job read(JsonObject json) {
        Members members = new Members(json);
        return new Job(
                members.text("id"),
                members.text("client"),
                Members.constant(Job.State.class, members.text("status")),
                members.number("queue_position"),
                format.readBack(json.get(REQUEST).toString()),
                new SetOutput(members.path("folder"), members.path("style_card")),
                members.number("attempts"),
                members.instant("submitted"),
                members.instant("started"),
                members.instant("ended"),
                members.as("progress", JobJson::progress),
                members.list("images", JobJson::image),
                members.list("notes", JsonElement::getAsString),
                members.as("error", JobJson::fault));
    }

    private static JsonObject form(Progress progress) {
        JsonObject json = new JsonObject();
        json.addProperty("phase", Members.written(progress.phase()));
        json.addProperty("done", progress.done());
        json.addProperty("total", progress.total());
        return json;
    }

    private static Progress progress(JsonElement json) {
        Members members = new Members(json.getAsJsonObject());
        return new Progress(
                Members.constant(Progress.Phase.class, members.text("phase")),
                members.number("done"),
                members.number("total"));
    }

    private static JsonObject form(GeneratedImage image) {
        JsonObject json = new JsonObject();
        json.addProperty("index", image.index());
        json.addProperty("name", image.file().getFileName().toString());
        json.addProperty("file", image.file().toString());
        json.addProperty("prompt", image.prompt());
        json.addProperty("seed", image.seed());
        json.addProperty("sha256", image.sha256());
        return json;
    }

    private static GeneratedImage image(JsonElement json) {
        Members members = new Members(json.getAsJsonObject());
        return new GeneratedImage(
                members.number("index"),
                members.text("prompt"),
                members.as("seed", JsonElement::getAsLong),
                members.path("file"),
                members.text("sha256"));
    }

    private static Job.Fault fault(JsonElement json) {
        AtelierException fault = FaultJson.read(json.getAsJsonObject());
        return new Job.Fault(fault.code(), fault.getMessage());
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonElement> form) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(form.apply(value)));
        return array;
    }
}
