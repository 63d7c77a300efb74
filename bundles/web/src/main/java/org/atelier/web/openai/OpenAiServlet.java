package org.atelier.web.openai;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCards;
import org.atelier.web.access.AccessToken;
import org.atelier.web.calls.BodyTurns;
import org.atelier.web.calls.PendingCalls;
import org.atelier.web.calls.PendingResponse;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.Endpoints;
import org.atelier.web.server.ApiServlet;
import org.atelier.web.styles.StyleReplay;
import org.atelier.web.styles.Styles;
import org.atelier.web.uploads.UploadStore;
import org.atelier.wire.JobJson;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Serves the image routes of OpenAI's API, and style cards by name. See docs/clients.md. */
@HttpWhiteboardServletName("openai")
@HttpWhiteboardServletPattern({"/v1/images/*", "/v1/models/*", "/v1/styles/*"})
@HttpWhiteboardServletAsyncSupported
@Component(service = {Servlet.class, Endpoints.class})
public final class OpenAiServlet extends ApiServlet implements Endpoints {

    private static final long serialVersionUID = 1L;

    private final transient SetQueue queue;
    private final transient RequestFormat format;
    private final transient Models models;
    private final transient Styles styles;
    private final transient StyleReplay replays;
    private final transient SetRequestTranslator sets;
    private final transient PendingCalls calls;
    private final transient BodyTurns bodies = new BodyTurns();

    @Activate
    public OpenAiServlet(
            @Reference SetQueue queue,
            @Reference RequestFormat format,
            @Reference ModelCatalog models,
            @Reference StyleCards cards,
            @Reference UploadStore uploads,
            @Reference AccessToken token,
            BundleContext context) {
        this(queue, format, models, cards, uploads, token, DataFiles.of(context));
    }

    /** @param data where the styles are kept */
    OpenAiServlet(
            SetQueue queue,
            RequestFormat format,
            ModelCatalog models,
            StyleCards cards,
            UploadStore uploads,
            AccessToken token,
            DataFiles data) {
        super(token);
        this.queue = queue;
        this.format = format;
        this.models = new Models(models);
        this.styles = new Styles(data, cards);
        this.replays = new StyleReplay(queue, format);
        this.sets = new SetRequestTranslator(uploads, styles);
        this.calls = new PendingCalls(queue);
    }

    @Override
    public List<OpenAiRoute> routes() {
        return List.of(OpenAiRoute.values());
    }

    /** Ends all waiting requests; their jobs continue. */
    @Deactivate
    public void close() {
        calls.close();
    }

    @Override
    protected ApiError translated(ApiError error) {
        return OpenAiErrors.of(error);
    }

    @Override
    protected void dispatch(ApiRequest request, ApiResponse response) throws IOException {
        switch (OpenAiRoute.of(request)) {
            case GENERATIONS -> generate(request, ImageCall.Kind.GENERATION);
            case EDITS -> generate(request, ImageCall.Kind.EDIT);
            case MODELS -> response.json(200, models.all());
            case MODEL -> response.json(200, models.model(String.join("/", tail(request))));
            case STYLES -> response.list("styles", styles.all(), Styles.Style::toJson);
            case NEW_STYLE -> newStyle(request, response);
            case STYLE -> response.json(200, styles.style(request.part(1)).toJson());
            case DELETE_STYLE -> {
                Styles.Style style = styles.style(request.part(1));
                styles.delete(style.name());
                response.json(200, style.toJson());
            }
        }
    }

    private static List<String> tail(ApiRequest request) {
        return request.path().subList(1, request.path().size());
    }

    private void generate(ApiRequest request, ImageCall.Kind kind) {
        try (PendingCalls.Slot slot = calls.reserve()) {
            ImageCall call = bodies.read(() -> read(request, kind));
            Job job = submit(call);
            PendingResponse response =
                    call.stream() ? new ImageEventStream(call) : new ImageListResponse(call.format());
            slot.respond(job.id(), response, request.servletRequest());
        }
    }

    private ImageCall read(ApiRequest request, ImageCall.Kind kind) {
        CallParameters parameters = CallParameters.of(request);
        if (kind == ImageCall.Kind.EDIT && parameters.images().isEmpty()) {
            throw CallParameters.invalid("image", "is missing");
        }
        return ImageCall.of(parameters, sets.request(parameters), kind);
    }

    private Job submit(ImageCall call) {
        Path card = call.saveStyle().map(styles::fresh).orElse(null);
        SetRequest set = format.read(call.request().toString(), "the request");
        return queue.submit(set, new SetOutput(null, card), call.client());
    }

    /** With a name in the query, the body is a style card; else it is JSON with a name and a job. */
    private void newStyle(ApiRequest request, ApiResponse response) throws IOException {
        Optional<String> name = request.query("name");
        if (name.isPresent()) {
            response.json(201, uploaded(name.get(), request).toJson());
            return;
        }
        CallParameters parameters =
                new CallParameters(CallParameters.json(request.body()), List.of(), Optional.empty());
        String style = parameters.text("name").orElseThrow(() -> CallParameters.invalid("name", "is missing"));
        Job job = queue.job(parameters.text("job").orElseThrow(() -> CallParameters.invalid("job", "is missing")));
        Path card = styles.fresh(style);
        Optional<Styles.Style> kept = styles.keep(style, job);
        if (kept.isPresent()) {
            response.json(201, kept.get().toJson());
        } else {
            Job replay = replays.submit(job, card);
            response.servletResponse().setHeader("Location", "/v1/sets/" + replay.id());
            response.json(202, new JobJson(format).of(replay));
        }
    }

    private Styles.Style uploaded(String name, ApiRequest request) {
        try (InputStream card = request.content(Styles.MAX_BYTES)) {
            return styles.keep(name, card);
        } catch (IOException e) {
            throw ApiError.of(400, "invalid_request", "The body is incomplete or malformed; send it again.");
        }
    }
}
