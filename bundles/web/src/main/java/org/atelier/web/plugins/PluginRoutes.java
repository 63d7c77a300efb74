package org.atelier.web.plugins;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.StrengthPresets;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.wire.PluginJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handles the routes of plugins. */
@Component(service = PluginRoutes.class)
public final class PluginRoutes {

    private final PluginCatalog plugins;
    private final StrengthPresets strengths;
    private final ContextKinds contexts;
    private final PluginRevision revision;

    @Activate
    public PluginRoutes(
            @Reference PluginCatalog plugins,
            @Reference StrengthPresets strengths,
            @Reference ContextKinds contexts,
            @Reference PluginRevision revision) {
        this.plugins = plugins;
        this.strengths = strengths;
        this.contexts = contexts;
        this.revision = revision;
    }

    /** Lists all; a client that sends the entity tag of the last list learns at little cost that nothing has changed. */
    public void list(ApiRequest request, ApiResponse response) throws IOException {
        String etag = revision.etag();
        response.servletResponse().setHeader("ETag", etag);
        if (etag.equals(request.servletRequest().getHeader("If-None-Match"))) {
            response.servletResponse().setStatus(304);
            return;
        }
        response.list("plugins", plugins.plugins(), this::json);
    }

    /** @throws ApiError if there is no plugin of that name */
    public void show(String id, ApiResponse response) throws IOException {
        response.json(
                200,
                plugins.plugins().stream()
                        .filter(plugin -> plugin.id().equals(id))
                        .findFirst()
                        .map(this::json)
                        .orElseThrow(() -> ApiError.of(
                                404, "plugin_not_found", "There is no plugin of that name; see GET /v1/plugins.")));
    }

    private JsonObject json(PluginDescription plugin) {
        JsonObject json = PluginJson.of(plugin);
        if (plugin.kind().equals("attention")) {
            json.add("strengths", array(strengths.strengths(plugin.name())));
        }
        if (plugin.kind().equals("context")) {
            json.addProperty("input", contexts.readsFile(plugin.name()) ? "file" : "text");
        }
        return json;
    }

    private static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
