package org.atelier.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    private final transient Guard guard;
    private final transient Sets sets;
    private final transient PluginCatalog plugins;
    private final transient Doctor doctor;
    private final transient Followers followers = new Followers();
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
                new DataFiles(Path.of(context.getProperty(OpenDoor.DATA))),
                OpenDoor.version(context));
    }

    AtelierServlet(
            SetQueue queue,
            RequestFormat format,
            PluginCatalog plugins,
            Doctor doctor,
            DataFiles files,
            String version) {
        this.guard = new Guard(files.token());
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
        Answer answer = new Answer(response);
        answer.prepare();
        try {
            guard.requireThisMachine(request);
            Call call = Call.of(request);
            if (!call.part(0).equals("health")) {
                guard.requireToken(request);
            }
            answer(call, answer);
        } catch (Refusal refusal) {
            answer.refusal(refusal);
        } catch (AtelierException fault) {
            answer.refusal(Refusal.of(fault));
        } catch (RuntimeException fault) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            answer.refusal(Refusal.of(500, "unexpected", "Something unexpected happened; the server's log says what."));
        }
    }

    private void answer(Call call, Answer answer) throws IOException {
        if (call.part(0).equals("sets")) {
            sets.answer(call, answer);
            return;
        }
        String route = call.method() + " " + call.part(0) + (call.path().size() > 1 ? "/" : "");
        switch (route) {
            case "GET health" -> answer.json(200, health());
            case "GET capabilities" -> answer.json(200, capabilities());
            case "GET doctor" -> answer.list("findings", doctor.examine(), FindingJson::of);
            case "GET plugins" -> answer.list("plugins", plugins.plugins(), PluginJson::of);
            case "GET plugins/" -> answer.json(200, PluginJson.of(plugin(call.part(1))));
            default ->
                throw Refusal.of(
                        404,
                        "not_found",
                        "There is no %s of %s; GET /v1/capabilities lists what there is."
                                .formatted(call.method(), call.request().getRequestURI()));
        }
    }

    private PluginDescription plugin(String id) {
        return plugins.plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
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
        List.of(
                        "POST /v1/sets?output=DIR&style_card=FILE&client=NAME",
                        "GET /v1/sets",
                        "GET /v1/sets/ID",
                        "DELETE /v1/sets/ID",
                        "POST /v1/sets/ID/resume",
                        "GET /v1/sets/ID/events?previews=true",
                        "GET /v1/sets/ID/files/NAME",
                        "GET /v1/plugins",
                        "GET /v1/plugins/KIND.NAME",
                        "GET /v1/doctor",
                        "GET /v1/health",
                        "GET /v1/capabilities")
                .forEach(calls::add);
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
