package org.atelier.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.health.Doctor;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.set.RequestFormat;
import org.atelier.wire.FindingJson;
import org.atelier.wire.PluginJson;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /v1}, the API for other processes of this machine. See docs/serve.md. */
@HttpWhiteboardServletName(AtelierServlet.NAME)
@HttpWhiteboardServletPattern("/v1/*")
@HttpWhiteboardServletAsyncSupported
@Component(service = Servlet.class)
public final class AtelierServlet extends HttpServlet {

    static final String NAME = "atelier";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AtelierServlet.class);

    private final transient AccessFilter accessFilter;
    private final transient Sets sets;
    private final transient PluginCatalog plugins;
    private final transient Doctor doctor;
    private final transient SseBroadcaster broadcaster = new SseBroadcaster();
    private final String version;

    @Activate
    public AtelierServlet(
            @Reference SetQueue queue,
            @Reference RequestFormat format,
            @Reference PluginCatalog plugins,
            @Reference Doctor doctor,
            BundleContext context) {
        this(
                queue,
                format,
                plugins,
                doctor,
                new DataFiles(Path.of(context.getProperty(ServerInfoFile.DATA))),
                ServerInfoFile.version(context));
    }

    AtelierServlet(
            SetQueue queue,
            RequestFormat format,
            PluginCatalog plugins,
            Doctor doctor,
            DataFiles files,
            String version) {
        this.accessFilter = new AccessFilter(files.token());
        this.sets = new Sets(queue, format, broadcaster);
        this.plugins = plugins;
        this.doctor = doctor;
        this.version = version;
    }

    @Deactivate
    void close() {
        broadcaster.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiResponse apiResponse = new ApiResponse(response);
        apiResponse.prepare();
        try {
            AccessFilter.requireThisMachine(request);
            ApiRequest apiRequest = ApiRequest.of(request);
            if (!apiRequest.part(0).equals("health")) {
                accessFilter.requireToken(request);
            }
            dispatch(apiRequest, apiResponse);
        } catch (ApiError error) {
            apiResponse.error(error);
        } catch (AtelierException fault) {
            apiResponse.error(ApiError.of(fault));
        } catch (IOException fault) {
            // As a rule, the caller has closed the connection, so no error response can reach it.
            LOG.info(
                    "The response to {} {} is incomplete: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    fault.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            apiResponse.error(
                    ApiError.of(500, "internal_error", "The server failed unexpectedly; see its log for the cause."));
        }
    }

    private void dispatch(ApiRequest request, ApiResponse response) throws IOException {
        switch (Route.of(request)) {
            case SUBMIT -> sets.submit(request, response);
            case LIST -> sets.list(response);
            case SHOW -> sets.show(request.part(1), response);
            case CANCEL -> sets.cancel(request.part(1), response);
            case RESUME -> sets.resume(request.part(1), response);
            case FOLLOW -> sets.follow(request.part(1), request);
            case FILE -> sets.file(request.part(1), request.part(3), response);
            case PLUGINS -> response.list("plugins", plugins.plugins(), PluginJson::of);
            case PLUGIN -> response.json(200, PluginJson.of(plugin(request.part(1))));
            case DOCTOR -> response.list("findings", doctor.examine(), FindingJson::of);
            case HEALTH -> response.json(200, health());
            case CAPABILITIES -> response.json(200, capabilities());
        }
    }

    private PluginDescription plugin(String id) {
        return plugins.plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.of(404, "plugin_not_found", "There is no plugin of that name; see GET /v1/plugins."));
    }

    private static JsonObject health() {
        JsonObject json = new JsonObject();
        json.addProperty("status", "ok");
        return json;
    }

    private JsonObject capabilities() {
        JsonObject json = new JsonObject();
        json.addProperty("version", version);
        JsonArray endpoints = new JsonArray();
        for (Route route : Route.values()) {
            endpoints.add(route.signature());
        }
        json.add("endpoints", endpoints);
        JsonArray states = new JsonArray();
        for (Job.State state : Job.State.values()) {
            states.add(state.name().toLowerCase(Locale.ROOT));
        }
        json.add("job_states", states);
        json.add("limits", Sets.limits());
        return json;
    }
}
