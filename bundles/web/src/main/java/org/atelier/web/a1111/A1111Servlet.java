package org.atelier.web.a1111;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.metadata.ForeignFormat;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.set.SetRequest;
import org.atelier.web.access.AccessToken;
import org.atelier.web.calls.BodyTurns;
import org.atelier.web.calls.PendingCalls;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.Endpoints;
import org.atelier.web.http.ErrorFormat;
import org.atelier.web.server.ApiServlet;
import org.atelier.web.server.ServerInfoFile;
import org.atelier.web.uploads.UploadStore;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Serves {@code /sdapi/v1} for the clients of stable-diffusion-webui. See docs/serve.md. */
@HttpWhiteboardServletName("a1111")
@HttpWhiteboardServletPattern({"/sdapi/v1/*", "/internal/ping"})
@HttpWhiteboardServletAsyncSupported
@Component(service = {Servlet.class, Endpoints.class})
public final class A1111Servlet extends ApiServlet implements Endpoints {

    private static final long serialVersionUID = 1L;

    private static final String PING = "/internal/ping";
    private static final String CLIENT = "a1111";

    private static final Pattern CLIENT_NAME = Pattern.compile("\\P{Cntrl}{1,64}");

    private final transient WebuiCalls calls;
    private final transient BodyTurns bodies = new BodyTurns();
    private final transient WebuiOptions options;
    private final transient SamplerNames samplers;
    private final transient PngInfo pngInfo;
    private final transient UploadStore uploads;
    private final transient ImageInspector inspector;
    private final String version;

    @Activate
    public A1111Servlet(
            @Reference SetQueue queue,
            @Reference ModelCatalog models,
            @Reference PluginCatalog plugins,
            @Reference ForeignFormat format,
            @Reference ImageInspector inspector,
            @Reference UploadStore uploads,
            @Reference AccessToken token,
            BundleContext context) {
        this(
                queue,
                models,
                plugins,
                format,
                inspector,
                uploads,
                token,
                DataFiles.of(context),
                ServerInfoFile.version(context));
    }

    /**
     * Creates the servlet.
     *
     * @param files where the chosen model is kept
     * @param version of Atelier
     */
    public A1111Servlet(
            SetQueue queue,
            ModelCatalog models,
            PluginCatalog plugins,
            ForeignFormat format,
            ImageInspector inspector,
            UploadStore uploads,
            AccessToken token,
            DataFiles files,
            String version) {
        super(token);
        this.calls = new WebuiCalls(queue);
        this.options = new WebuiOptions(models, files);
        this.samplers = new SamplerNames(plugins, format);
        this.pngInfo = new PngInfo(inspector, format, files);
        this.uploads = uploads;
        this.inspector = inspector;
        this.version = version;
    }

    @Override
    public List<WebuiRoute> routes() {
        return List.of(WebuiRoute.values());
    }

    /** Ends all calls that wait; their jobs are kept. */
    @Deactivate
    public void close() {
        calls.close();
    }

    @Override
    protected boolean authorise(ApiRequest request, AccessToken required) {
        if (isPing(request.servletRequest())) {
            return false;
        }
        required.requireBearerOrPassword(request.servletRequest());
        return true;
    }

    private static boolean isPing(HttpServletRequest request) {
        return request.getServletPath().equals(PING);
    }

    @Override
    protected void dispatch(ApiRequest request, ApiResponse response) throws IOException {
        switch (WebuiRoute.of(request)) {
            case PING -> response.json(200, new JsonObject());
            case TXT2IMG -> generate(request, false);
            case IMG2IMG -> generate(request, true);
            case PROGRESS ->
                response.json(
                        200,
                        calls.progress(
                                client(request),
                                !request.query("skip_current_image")
                                        .filter("true"::equalsIgnoreCase)
                                        .isPresent()));
            case INTERRUPT -> {
                calls.interrupt(client(request));
                response.json(200, new JsonObject());
            }
            case OPTIONS -> response.json(200, options.toJson());
            case SET_OPTIONS -> {
                options.change(FormFields.parse(request.body()));
                response.json(200, JsonNull.INSTANCE);
            }
            case MODELS -> response.json(200, options.models());
            case SAMPLERS -> response.json(200, samplers.list());
            case SCHEDULERS -> response.json(200, SamplerNames.schedulers());
            case PNG_INFO -> response.json(200, pngInfo.of(FormFields.parse(request.body())));
            case SCRIPTS -> response.json(200, lists("txt2img", "img2img"));
            case EMBEDDINGS -> response.json(200, objects("loaded", "skipped"));
            case FLAGS -> response.json(200, new JsonObject());
            case UPSCALERS,
                    LATENT_UPSCALE_MODES,
                    VAES,
                    LORAS,
                    HYPERNETWORKS,
                    FACE_RESTORERS,
                    PROMPT_STYLES,
                    SCRIPT_INFO,
                    EXTENSIONS -> response.json(200, new JsonArray());
            case REFRESH_CHECKPOINTS, REFRESH_VAE, REFRESH_LORAS -> response.json(200, JsonNull.INSTANCE);
        }
    }

    private static JsonObject lists(String... names) {
        JsonObject json = new JsonObject();
        for (String name : names) {
            json.add(name, new JsonArray());
        }
        return json;
    }

    private static JsonObject objects(String... names) {
        JsonObject json = new JsonObject();
        for (String name : names) {
            json.add(name, new JsonObject());
        }
        return json;
    }

    private void generate(ApiRequest request, boolean fromImages) {
        try (PendingCalls.Slot slot = calls.reserve()) {
            WebuiCall call = bodies.read(() -> read(request, fromImages));
            calls.start(
                    slot,
                    call.set(),
                    client(request),
                    new SetResponseWriter(call.response()),
                    request.servletRequest());
        }
    }

    private static String client(ApiRequest request) {
        return AccessToken.user(request.servletRequest())
                .filter(name -> CLIENT_NAME.matcher(name).matches())
                .orElse(CLIENT);
    }

    private WebuiCall read(ApiRequest request, boolean fromImages) {
        GenerationForm form = new GenerationForm(FormFields.parse(request.body()));
        SetRequest set = form.request(fromImages, options, samplers, uploads);
        return new WebuiCall(
                set,
                new GenerationResponse(form.echo(), form.notes(), form.sendsImages(), form.batchSize(), form.styles()));
    }

    /** What a call asks for, and how it is answered. */
    private record WebuiCall(SetRequest set, GenerationResponse response) {}

    /** Writes the response when the set has ended. */
    private final class SetResponseWriter implements PendingGeneration.ResponseWriter {

        private final GenerationResponse response;

        SetResponseWriter(GenerationResponse response) {
            this.response = response;
        }

        @Override
        public void images(Job job, HttpServletResponse written) throws IOException {
            response.write(job, inspector, samplers, version, written);
        }

        @Override
        public void error(ApiError error, HttpServletResponse written) throws IOException {
            new ApiResponse(written).error(error, ErrorFormat.WEBUI);
        }
    }
}
