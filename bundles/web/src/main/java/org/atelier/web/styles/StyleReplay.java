package org.atelier.web.styles;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.web.http.ApiError;

/**
 * Keeps the style of a finished job that has written no style card: submits a set of one image that writes it. A card needs the inverted
 * references, which a folder does not hold; the same request inverts them again to the same values. The request is that of {@code
 * set.json}, whose contexts and captions are texts, so no input is read anew.
 */
public final class StyleReplay {

    private static final String RECORD = "set.json";
    private static final long MAX_RECORD_BYTES = 64L << 20;

    /** The longest name of a client. */
    private static final int MAX_CLIENT = 64;

    private final SetQueue queue;
    private final RequestFormat format;

    public StyleReplay(SetQueue queue, RequestFormat format) {
        this.queue = queue;
        this.format = format;
    }

    /**
     * Submits the set that writes the card.
     *
     * @param job that is complete
     * @param card the file of the card
     * @throws ApiError 409 if the job is not complete, its record is gone, or a card cannot hold its reference
     */
    public Job submit(Job job, Path card) {
        if (job.state() != Job.State.COMPLETED) {
            throw refused("Job %s is not complete; its style can be kept when it is.", job);
        }
        String client = "style " + job.id();
        return queue.submit(
                request(job), new SetOutput(null, card), client.substring(0, Math.min(client.length(), MAX_CLIENT)));
    }

    private SetRequest request(Job job) {
        SetRequest whole = recorded(job);
        if (!whole.references().contents().isEmpty()) {
            throw refused("Job %s has redrawn content images, and a style card stores no style for these.", job);
        }
        if (whole.references().isEmpty() && whole.card() == null) {
            requireFreeReference(whole, job);
        }
        List<SetItem> first = whole.items().subList(0, 1);
        return whole.toBuilder()
                .items(first)
                .controls(List.of())
                .initImages(List.of())
                .denoise(null)
                .masks(List.of())
                .regions(List.of())
                .build();
    }

    /** Image 0, the reference of the others, must depend on nothing that a card does not hold. */
    private static void requireFreeReference(SetRequest request, Job job) {
        if (!request.initImages().isEmpty()) {
            throw refused(
                    "Job %s has no references, and its first image starts from a picture, which a style card does not hold.",
                    job);
        }
        if (!request.controls().isEmpty() && request.firstControlled() == 0) {
            throw refused(
                    "Job %s has no references, and its first image follows a control, which a style card does not hold.",
                    job);
        }
    }

    private SetRequest recorded(Job job) {
        Path record = job.output().folder().resolve(RECORD);
        try {
            if (Files.size(record) <= MAX_RECORD_BYTES
                    && JsonParser.parseString(Files.readString(record)) instanceof JsonObject json
                    && json.get("request") instanceof JsonObject request) {
                return format.readBack(request.toString());
            }
        } catch (IOException | JsonParseException e) {
            throw withoutRecord(job);
        }
        throw withoutRecord(job);
    }

    private static ApiError withoutRecord(Job job) {
        return refused("The folder of job %s has no readable set.json any more, which its style is made from.", job);
    }

    private static ApiError refused(String message, Job job) {
        return ApiError.of(409, "no_style_card", message.formatted(job.id()));
    }
}
