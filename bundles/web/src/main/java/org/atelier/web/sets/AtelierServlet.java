package org.atelier.web.sets;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.atelier.api.health.Doctor;
import org.atelier.api.job.Job;
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.StyleCards;
import org.atelier.web.access.AccessToken;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.Endpoints;
import org.atelier.web.inputs.InputRoutes;
import org.atelier.web.plugins.PluginRoutes;
import org.atelier.web.server.ApiServlet;
import org.atelier.web.server.EndpointRegistration;
import org.atelier.web.server.ServerInfoFile;
import org.atelier.web.styles.Styles;
import org.atelier.wire.FindingJson;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Serves {@code /v1}, the API for other processes of this machine. See docs/serve.md. */
@HttpWhiteboardServletName(EndpointRegistration.SERVLET)
@HttpWhiteboardServletPattern("/v1/*")
@HttpWhiteboardServletAsyncSupported
@Component(service = Servlet.class)
public final class AtelierServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient Sets sets;
    private final transient InputRoutes inputs;
    private final transient PluginRoutes plugins;
    private final transient Doctor doctor;
    private final transient SseBroadcaster broadcaster = new SseBroadcaster();
    private final String version;

    @Reference
    private transient volatile List<Endpoints> others = List.of();

    @Activate
    public AtelierServlet(
            @Reference SetQueue queue,
            @Reference QueueChanges changes,
            @Reference RequestFormat format,
            @Reference StyleCards cards,
            @Reference InputRoutes inputs,
            @Reference PluginRoutes plugins,
            @Reference Doctor doctor,
            @Reference AccessToken token,
            BundleContext context) {
        this(
                queue,
                changes,
                format,
                new Styles(DataFiles.of(context), cards),
                inputs,
                plugins,
                doctor,
                token,
                ServerInfoFile.version(context));
    }

    /** @param version of Atelier */
    AtelierServlet(
            SetQueue queue,
            QueueChanges changes,
            RequestFormat format,
            Styles styles,
            InputRoutes inputs,
            PluginRoutes plugins,
            Doctor doctor,
            AccessToken token,
            String version) {
        super(token);
        this.sets = new Sets(queue, changes, format, styles, broadcaster);
        this.inputs = inputs;
        this.plugins = plugins;
        this.doctor = doctor;
        this.version = version;
    }

    /** Ends all event streams. */
    @Deactivate
    public void close() {
        broadcaster.close();
    }

    @Override
    protected boolean authorise(ApiRequest request, AccessToken required) {
        return !request.part(0).equals("health") && super.authorise(request, required);
    }

    @Override
    protected void dispatch(ApiRequest request, ApiResponse response) throws IOException {
        switch (Route.of(request)) {
            case SUBMIT -> sets.submit(request, response);
            case LIST -> sets.list(response);
            case SHOW -> sets.show(request.part(1), response);
            case CANCEL -> sets.cancel(request.part(1), response);
            case RESUME -> sets.resume(request.part(1), response);
            case FOLLOW -> sets.follow(request.part(1), request);
            case FOLLOW_ALL -> sets.followAll(request);
            case FILE -> sets.file(request.part(1), request.part(3), response);
            case ARCHIVE -> sets.archive(request.part(1), request, response);
            case UPLOAD -> inputs.upload(request, response);
            case PREPROCESS -> inputs.preprocess(request, response);
            case PLUGINS -> plugins.list(request, response);
            case PLUGIN -> plugins.show(request.part(1), response);
            case DOCTOR -> response.list("findings", doctor.examine(), FindingJson::of);
            case HEALTH -> response.json(200, health());
            case CAPABILITIES -> response.json(200, capabilities());
        }
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
        others.forEach(other -> other.routes().forEach(route -> endpoints.add(route.signature())));
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
