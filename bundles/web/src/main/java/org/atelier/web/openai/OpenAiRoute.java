package org.atelier.web.openai;

import java.util.ArrayList;
import java.util.List;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiRoute;

/** The image routes of OpenAI's API, and those of styles. */
enum OpenAiRoute implements ApiRoute {
    GENERATIONS("POST", "/v1/images/generations"),
    EDITS("POST", "/v1/images/edits"),
    MODELS("GET", "/v1/models"),
    MODEL("GET", "/v1/models/ID"),
    STYLES("GET", "/v1/styles"),
    NEW_STYLE("POST", "/v1/styles"),
    STYLE("GET", "/v1/styles/NAME"),
    DELETE_STYLE("DELETE", "/v1/styles/NAME");

    private final String method;
    private final String path;

    OpenAiRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    /** @throws ApiError 404 if there is no such path; 405 if it does not support the method */
    static OpenAiRoute of(ApiRequest request) {
        List<String> path = path(request);
        String elsewhere = path.equals(List.of("images", "variations"))
                ? "Variations are not supported; send the image to /v1/images/edits with a prompt."
                : "There is no such path; see docs/clients.md.";
        return ApiRoute.of(values(), request.method(), path, elsewhere);
    }

    /** Returns the segments of the path; a model on the hub is one of them, although its name has a slash. */
    private static List<String> path(ApiRequest request) {
        List<String> path = new ArrayList<>(request.path());
        if (path.size() > 2 && path.get(0).equals("models")) {
            path.subList(2, path.size()).clear();
        }
        return path;
    }
}
