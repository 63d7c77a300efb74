package org.atelier.web.styles;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.atelier.files.AtomicFile;
import org.atelier.web.data.DataFiles;
import org.atelier.web.data.PrivateFile;
import org.atelier.web.http.ApiError;

/** The style cards that are kept by name, in the folder {@code styles} of the data folder. */
public final class Styles {

    /** The largest card that is read from a request, in bytes. */
    public static final long MAX_BYTES = 256L << 20;

    private static final String SUFFIX = ".style";
    private static final int MAX_STYLES = 1000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final Path folder;
    private final StyleCards cards;

    /** @param cards reads them */
    public Styles(DataFiles data, StyleCards cards) {
        this.folder = data.privateFolder("styles");
        this.cards = cards;
    }

    /** A card with its name. */
    public record Style(String name, StyleCard card) {

        /** Returns what a list of styles says of it; requests name its {@code file}. */
        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("name", name);
            json.addProperty("model", card.model());
            json.addProperty("style", card.request().style());
            JsonArray prompts = new JsonArray();
            card.request().prompts().forEach(prompts::add);
            json.add("prompts", prompts);
            json.addProperty("references", card.trajectories());
            json.addProperty("version", card.version());
            json.addProperty("file", card.file().file());
            json.addProperty("sha256", card.file().sha256());
            return json;
        }
    }

    /** Returns all styles, sorted by name. */
    public List<Style> all() {
        return names().stream().map(this::style).toList();
    }

    /** @throws ApiError 404 if there is none of that name */
    public Style style(String name) {
        return new Style(name, cards.read(existing(name)));
    }

    /** @throws ApiError 404 if there is none of that name */
    public Path existing(String name) {
        Path file = file(name);
        if (!Files.isRegularFile(file)) {
            throw ApiError.of(
                    404, "style_not_found", "There is no style '%s'; GET /v1/styles lists them.".formatted(name));
        }
        return file;
    }

    /**
     * Returns the file of a new style, which does not exist yet.
     *
     * @throws ApiError if the name is invalid or taken, or there are too many styles
     */
    public Path fresh(String name) {
        Path file = file(name);
        if (Files.exists(file)) {
            throw ApiError.of(
                    409,
                    "style_exists",
                    "There is already a style '%s'; choose another name, or delete that style.".formatted(name));
        }
        if (names().size() >= MAX_STYLES) {
            throw ApiError.of(
                    409, "too_many_styles", "There are %d styles already; delete some of them.".formatted(MAX_STYLES));
        }
        return file;
    }

    /** Keeps the card that a job has written; empty if it has written none. */
    public Optional<Style> keep(String name, Job job) {
        Path card = job.output().styleCard();
        if (job.state() != Job.State.COMPLETED || card == null || !Files.isRegularFile(card)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(card)) {
            return Optional.of(keep(name, in));
        } catch (IOException e) {
            throw DataFiles.unusable(card, e);
        }
    }

    /**
     * Keeps a card.
     *
     * @throws AtelierException if it is not a valid card
     */
    public Style keep(String name, InputStream in) {
        Path file = fresh(name);
        Path unfinished = folder.resolve(UUID.randomUUID() + AtomicFile.UNFINISHED);
        try {
            try {
                PrivateFile.create(unfinished, in::transferTo);
                readUploaded(unfinished);
                move(unfinished, name);
                return style(name);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw DataFiles.unusable(file, e);
        }
    }

    private void readUploaded(Path file) {
        try {
            cards.read(file);
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), e.getMessage().replace(file.toString(), "the style card"), e);
        }
    }

    private synchronized void move(Path unfinished, String name) throws IOException {
        Files.move(unfinished, fresh(name));
    }

    /** Removes a style. */
    public void delete(String name) {
        Path file = existing(name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DataFiles.unusable(file, e);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiError.of(
                    400,
                    "invalid_request",
                    "The name of a style has 1 to 64 lower-case letters, digits, hyphens and underscores.");
        }
        return folder.resolve(name + SUFFIX);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DataFiles.unusable(folder, e);
        }
    }
}
