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

/** Asks the hub which files a model has. */
final class Listing {

    private static final int MOST_BYTES = 32_000_000;
    private static final int MOST_PAGES = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    /** A page of the hub's programming interface, and where the next one is. */
    private record Page(JsonElement content, Optional<HttpUrl> next) {}

    private final HubConnection connection;
    private final HubSettings settings;
    private final Patience patience;

    Listing(HubConnection connection, HubSettings settings, Patience patience) {
        this.connection = connection;
        this.settings = settings;
        this.patience = patience;
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
            if (pages == MOST_PAGES) {
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

    /** An entry of the tree; nothing for a folder. */
    private static Optional<RemoteFile> file(HubName name, JsonObject entry) {
        if (!required(entry, "type").getAsString().equals("file")) {
            return Optional.empty();
        }
        String path = required(entry, "path").getAsString();
        if (!RemoteFile.isSafe(path)) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s names a file \"%s\", which would lie outside its folder: nothing of it was fetched."
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
        Attempts attempts = new Attempts(settings.endpoint(), patience, listener);
        while (true) {
            Patience.stopIfCancelled(listener);
            try (Response response = connection.get(url)) {
                BusyException.throwIfBusy(response);
                new Refusals(settings).throwIfRefused(response, name, "its list of files");
                byte[] body = response.body().byteStream().readNBytes(MOST_BYTES + 1);
                if (body.length > MOST_BYTES) {
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
                "What answers at " + settings.endpoint() + " does not list the files of " + name
                        + " as a hub does: check HF_ENDPOINT.",
                cause);
    }
}
