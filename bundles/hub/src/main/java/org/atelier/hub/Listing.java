package org.atelier.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;
import org.atelier.models.library.HubName;

/** Requests the list of a model's files from the hub. */
final class Listing {

    private static final int MAX_BYTES = 32_000_000;
    private static final int MAX_PAGES = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    /** A page of a response of the hub's API, and the URL of the next one. */
    private record Page(JsonElement content, Optional<HttpUrl> next) {}

    private final HubConnection connection;
    private final HubSettings settings;
    private final CancellableSleep sleep;

    Listing(HubConnection connection, HubSettings settings, CancellableSleep sleep) {
        this.connection = connection;
        this.settings = settings;
        this.sleep = sleep;
    }

    /** @throws AtelierException as {@code ModelHub.pull} */
    RemoteModel of(HubName name, PullListener listener) {
        String commit = name.isPinned() ? name.revision() : commit(name, listener);
        List<RemoteFile> files = new ArrayList<>();
        Optional<HttpUrl> next = Optional.of(api(name)
                .addPathSegment("tree")
                .addPathSegment(commit)
                .addQueryParameter("recursive", "true")
                .build());
        for (int pages = 0; next.isPresent(); pages++) {
            if (pages == MAX_PAGES) {
                throw unreadable(name, null);
            }
            Page page = page(name, next.get(), listener);
            try {
                for (JsonElement entry : page.content().getAsJsonArray()) {
                    file(name, entry.getAsJsonObject()).ifPresent(files::add);
                }
            } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
                throw unreadable(name, e);
            }
            next = page.next();
        }
        return new RemoteModel(name, commit, List.copyOf(files));
    }

    private String commit(HubName name, PullListener listener) {
        HttpUrl url = api(name)
                .addPathSegment("revision")
                .addPathSegment(name.revision())
                .build();
        JsonElement content = page(name, url, listener).content();
        JsonElement commit = content.isJsonObject() ? content.getAsJsonObject().get("sha") : null;
        if (commit == null || !commit.isJsonPrimitive() || !HubName.isCommit(commit.getAsString())) {
            throw unreadable(name, null);
        }
        return commit.getAsString();
    }

    private HttpUrl.Builder api(HubName name) {
        return connection.address().addPathSegments("api/models").addPathSegments(name.repository());
    }

    /** Parses an entry of the tree; empty for a folder. */
    private static Optional<RemoteFile> file(HubName name, JsonObject entry) {
        if (!required(entry, "type").getAsString().equals("file")) {
            return Optional.empty();
        }
        String path = required(entry, "path").getAsString();
        if (!RemoteFile.isSafe(path)) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s lists a file \"%s\", which would be written outside its folder: nothing was downloaded."
                            .formatted(name, path.replaceAll("\\p{Cntrl}", "?")));
        }
        JsonObject large = entry.has("lfs") && entry.get("lfs").isJsonObject() ? entry.getAsJsonObject("lfs") : null;
        String hash = required(large == null ? entry : large, "oid").getAsString();
        long size = required(large == null ? entry : large, "size").getAsLong();
        BlobDigest digest = BlobDigest.parse(hash.replaceFirst("^sha256:", "")).orElseThrow(IllegalStateException::new);
        return Optional.of(new RemoteFile(path, size, digest));
    }

    private static JsonElement required(JsonObject entry, String key) {
        if (!entry.has(key)) {
            throw new IllegalStateException(key + " is missing");
        }
        return entry.get(key);
    }

    private Page page(HubName name, HttpUrl url, PullListener listener) {
        RetryPolicy attempts = new RetryPolicy(settings.endpoint(), sleep, listener);
        while (true) {
            CancellableSleep.throwIfCancelled(listener);
            try (Response response = connection.get(url)) {
                RetryableException.throwIfRetryable(response);
                new ErrorResponses(settings).throwIfError(response, name, "its list of files");
                byte[] body = response.body().byteStream().readNBytes(MAX_BYTES + 1);
                if (body.length > MAX_BYTES) {
                    throw unreadable(name, null);
                }
                return new Page(JsonParser.parseString(new String(body, StandardCharsets.UTF_8)), next(response));
            } catch (JsonParseException e) {
                throw unreadable(name, e);
            } catch (IOException e) {
                attempts.failed(e);
            }
        }
    }

    private static Optional<HttpUrl> next(Response response) {
        Matcher link = NEXT.matcher(response.header("Link", ""));
        return link.find() ? Optional.ofNullable(response.request().url().resolve(link.group(1))) : Optional.empty();
    }

    private AtelierException unreadable(HubName name, Exception cause) {
        return new AtelierException(
                Code.SERVICE_UNREACHABLE,
                "The response of " + settings.endpoint() + " is not a valid list of the files of " + name
                        + ": check HF_ENDPOINT.",
                cause);
    }
}
