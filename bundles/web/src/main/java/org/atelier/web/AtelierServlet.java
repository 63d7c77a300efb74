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

/** {@code /v1}: all that other processes of this machine may ask. See docs/serve.md. */
@HttpWhiteboardServletName(AtelierServlet.NAME)
@HttpWhiteboardServletPattern("/v1/*")
@HttpWhiteboardServletAsyncSupported
@Component(service = Servlet.class)
public final class AtelierServlet extends HttpServlet {

    static final String NAME = "atelier";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AtelierServlet.class);

    private final transient AccessFilter guard;
    private final transient Sets sets;
    private final transient PluginCatalog plugins;
    private final transient Doctor doctor;
    private final transient SseBroadcaster followers = new SseBroadcaster();
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
        this.guard = new AccessFilter(files.token());
        this.sets = new Sets(queue, format, followers);
        this.plugins = plugins;
        this.doctor = doctor;
        this.version = version;
    }

    @Deactivate
    void close() {
        followers.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiResponse answer = new ApiResponse(response);
        answer.prepare();
        try {
            AccessFilter.requireThisMachine(request);
            ApiRequest call = ApiRequest.of(request);
            if (!call.part(0).equals("health")) {
                guard.requireToken(request);
            }
            answer(call, answer);
        } catch (ApiError refusal) {
            answer.refusal(refusal);
        } catch (AtelierException fault) {
            answer.refusal(ApiError.of(fault));
        } catch (IOException fault) {
            // Whoever called has gone, as a rule; nobody is left to be told.
            LOG.info(
                    "{} {} was not answered to its end: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    fault.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            answer.refusal(
                    ApiError.of(500, "unexpected", "Something unexpected happened; the server's log says what."));
        }
    }

    private void answer(ApiRequest call, ApiResponse answer) throws IOException {
        switch (Route.of(call)) {
            case SUBMIT -> sets.submit(call, answer);
            case LIST -> sets.list(answer);
            case SHOW -> sets.show(call.part(1), answer);
            case CANCEL -> sets.cancel(call.part(1), answer);
            case RESUME -> sets.resume(call.part(1), answer);
            case FOLLOW -> sets.follow(call.part(1), call);
            case FILE -> sets.file(call.part(1), call.part(3), answer);
            case PLUGINS -> answer.list("plugins", plugins.plugins(), PluginJson::of);
            case PLUGIN -> answer.json(200, PluginJson.of(plugin(call.part(1))));
            case DOCTOR -> answer.list("findings", doctor.examine(), FindingJson::of);
            case HEALTH -> answer.json(200, health());
            case CAPABILITIES -> answer.json(200, capabilities());
        }
    }

    private PluginDescription plugin(String id) {
        return plugins.plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.of(
                        404, "plugin_not_found", "There is no plugin of that name; GET /v1/plugins lists all."));
    }

    private static JsonObject health() {
        JsonObject json = new JsonObject();
        json.addProperty("status", "ok");
        return json;
    }

    private JsonObject capabilities() {
        JsonObject json = new JsonObject();
        json.addProperty("version", version);
        JsonArray calls = new JsonArray();
        for (Route route : Route.values()) {
            calls.add(route.inWords());
        }
        json.add("calls", calls);
        JsonArray states = new JsonArray();
        for (Job.State state : Job.State.values()) {
            states.add(state.name().toLowerCase(Locale.ROOT));
        }
        json.add("states", states);
        json.add("limits", Sets.limits());
        return json;
    }
}
