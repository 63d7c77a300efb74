package org.atelier.web.a1111;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.set.SetRequest;
import org.atelier.web.data.DataFiles;
import org.atelier.web.data.PrivateFile;
import org.atelier.web.http.ApiError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options of stable-diffusion-webui that have a meaning here: the model of calls that name none. It survives a restart. */
final class WebuiOptions {

    static final String MODEL = "sd_model_checkpoint";
    static final String CLIP_SKIP = "CLIP_stop_at_last_layers";

    private static final Logger LOG = LoggerFactory.getLogger(WebuiOptions.class);
    private static final String FILE = "a1111.json";

    private final ModelCatalog models;
    private final Path file;
    private String model;

    WebuiOptions(ModelCatalog models, DataFiles files) {
        this.models = models;
        this.file = files.folder().resolve(FILE);
        this.model = stored(file).orElse(SetRequest.builder().build().model());
    }

    private static Optional<String> stored(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return FormFields.parse(Files.readString(file)).text(MODEL);
        } catch (IOException | ApiError e) {
            LOG.warn("{} cannot be read, so the default model is used", file, e);
            return Optional.empty();
        }
    }

    synchronized String model() {
        return model;
    }

    /** Returns the options. Clients send them back as a whole, so unknown ones are accepted there. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty(MODEL, model());
        json.add("sd_checkpoint_hash", JsonNull.INSTANCE);
        json.addProperty("sd_vae", "Automatic");
        json.addProperty(CLIP_SKIP, 1);
        json.addProperty("samples_format", "png");
        return json;
    }

    /** Changes the model, if the options name one. */
    void change(FormFields options) {
        options.text(MODEL).ifPresent(this::choose);
    }

    /** @throws ApiError 404 if there is no such model */
    synchronized void choose(String name) {
        String chosen = named(name);
        JsonObject json = new JsonObject();
        json.addProperty(MODEL, chosen);
        try {
            PrivateFile.write(file, json + "\n");
        } catch (IOException e) {
            throw DataFiles.unusable(file, e);
        }
        model = chosen;
    }

    /**
     * Returns the name of an installed model.
     *
     * @param title as {@link #models} lists it
     * @throws ApiError 404 if there is no such model
     */
    String named(String title) {
        List<String> names =
                models.models().stream().map(ModelDescription::name).toList();
        return names.stream()
                .filter(title::equals)
                .findFirst()
                .orElseThrow(() -> ApiError.of(
                        404,
                        "model_not_found",
                        "There is no model '%s'; installed are %s."
                                .formatted(title, names.stream().limit(20).collect(Collectors.joining(", ")))));
    }

    JsonArray models() {
        JsonArray list = new JsonArray();
        for (ModelDescription installed : models.models()) {
            JsonObject json = new JsonObject();
            json.addProperty("title", installed.name());
            json.addProperty("model_name", installed.name());
            json.add("hash", JsonNull.INSTANCE);
            json.add("sha256", JsonNull.INSTANCE);
            json.addProperty("filename", installed.folder().toString());
            json.add("config", JsonNull.INSTANCE);
            list.add(json);
        }
        return list;
    }
}
