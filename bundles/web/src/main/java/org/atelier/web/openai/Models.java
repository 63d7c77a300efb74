package org.atelier.web.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.atelier.web.http.ApiError;

/** The installed models in the format of OpenAI. */
final class Models {

    private final ModelCatalog catalog;

    Models(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    JsonObject all() {
        JsonArray data = new JsonArray();
        catalog.models().forEach(model -> data.add(toJson(model)));
        JsonObject list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", data);
        return list;
    }

    /** @throws ApiError 404 if there is none of that name */
    JsonObject model(String name) {
        return catalog.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .map(Models::toJson)
                .orElseThrow(() -> ApiError.of(
                        404, "model_not_found", "There is no model of that name; GET /v1/models lists them."));
    }

    private static JsonObject toJson(ModelDescription model) {
        JsonObject json = new JsonObject();
        json.addProperty("id", model.name());
        json.addProperty("object", "model");
        json.addProperty("created", created(model));
        json.addProperty("owned_by", "atelier");
        json.addProperty("title", model.title());
        json.addProperty("size", model.width() + "x" + model.height());
        return json;
    }

    /** The time at which the folder was changed last, in seconds. */
    private static long created(ModelDescription model) {
        try {
            return Files.getLastModifiedTime(model.folder()).toMillis() / 1000;
        } catch (IOException e) {
            return 0;
        }
    }
}
