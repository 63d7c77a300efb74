package org.atelier.web.openai;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCards;
import org.atelier.web.access.AccessToken;
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

    /** Bodies with pictures that are read at once. */
    private static final int MAX_BODIES = 4;

    private static final int BODY_WAIT_SECONDS = 30;

    private final transient SetQueue queue;
    private final transient RequestFormat format;
    private final transient Models models;
    private final transient Styles styles;
    private final transient StyleReplay replays;
    private final transient SetRequestTranslator sets;
    private final transient PendingCalls calls;
    private final transient Semaphore bodies = new Semaphore(MAX_BODIES, true);

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
    public List<String> endpoints() {
        return List.of(
                "POST /v1/images/generations",
                "POST /v1/images/edits",
                "GET /v1/models",
                "GET /v1/models/ID",
                "GET /v1/styles",
                "POST /v1/styles",
                "GET /v1/styles/NAME",
                "DELETE /v1/styles/NAME");
    }

    /** Ends all waiting requests; their jobs continue. */
    @Deactivate
    public void close() {
        calls.close();
    }

    @Override
    protected void write(ApiError error, ApiResponse response) throws IOException {
        super.write(OpenAiErrors.of(error), response);
    }

    @Override
    protected void dispatch(ApiRequest request, ApiResponse response) throws IOException {
        switch (request.part(0)) {
            case "images" -> images(request);
            case "models" -> models(request, response);
            default -> styles(request, response);
        }
    }

    private void images(ApiRequest request) {
        String last = request.path().size() == 2 ? request.part(1) : "";
        switch (last) {
            case "generations" -> generate(request, ImageCall.Kind.GENERATION);
            case "edits" -> generate(request, ImageCall.Kind.EDIT);
            case "variations" ->
                throw ApiError.of(
                        404,
                        "not_found",
                        "Variations are not supported; send the image to /v1/images/edits with a prompt.");
            default -> throw notFound();
        }
    }

    private void generate(ApiRequest request, ImageCall.Kind kind) {
        require(request, "POST");
        try (PendingCalls.Slot slot = calls.reserve()) {
            acquireBodySlot();
            ImageCall call;
            Job job;
            try {
                call = read(request, kind);
                job = submit(call);
            } finally {
                bodies.release();
            }
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

    /** Waits until fewer bodies are being read. */
    private void acquireBodySlot() {
        boolean mayRead;
        try {
            mayRead = bodies.tryAcquire(BODY_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mayRead = false;
        }
        if (!mayRead) {
            throw ApiError.of(
                    429, "too_many_calls", "%d calls are being read already; try again later.".formatted(MAX_BODIES));
        }
    }

    private Job submit(ImageCall call) {
        Path card = call.saveStyle().map(styles::fresh).orElse(null);
        SetRequest set = format.read(call.request().toString(), "the request");
        return queue.submit(set, new SetOutput(null, card), call.client());
    }

    private void models(ApiRequest request, ApiResponse response) throws IOException {
        require(request, "GET", "HEAD");
        List<String> path = request.path();
        // The names of models on the hub have a slash.
        response.json(
                200, path.size() == 1 ? models.all() : models.model(String.join("/", path.subList(1, path.size()))));
    }

    private void styles(ApiRequest request, ApiResponse response) throws IOException {
        if (request.path().size() == 1) {
            require(request, "GET", "HEAD", "POST");
            if (request.method().equals("POST")) {
                newStyle(request, response);
            } else {
                response.list("styles", styles.all(), Styles.Style::toJson);
            }
            return;
        }
        if (request.path().size() > 2) {
            throw notFound();
        }
        require(request, "GET", "HEAD", "DELETE");
        Styles.Style style = styles.style(request.part(1));
        if (request.method().equals("DELETE")) {
            styles.delete(style.name());
        }
        response.json(200, style.toJson());
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

    private static void require(ApiRequest request, String... methods) {
        if (!List.of(methods).contains(request.method())) {
            throw ApiError.ofMethod(request.method(), String.join(", ", methods));
        }
    }

    private static ApiError notFound() {
        return ApiError.of(404, "not_found", "There is no such path; see docs/clients.md.");
    }
}
