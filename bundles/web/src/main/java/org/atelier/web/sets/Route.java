package org.atelier.web.sets;

import java.util.Arrays;
import java.util.List;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiRoute;

/** The routes of the API, with their query parameters. */
enum Route implements ApiRoute {
    SUBMIT("POST", "/v1/sets", "output=DIR&style_card=FILE&save_style=NAME&client=NAME"),
    LIST("GET", "/v1/sets", ""),
    SHOW("GET", "/v1/sets/ID", ""),
    CANCEL("DELETE", "/v1/sets/ID", ""),
    RESUME("POST", "/v1/sets/ID/resume", ""),
    FOLLOW("GET", "/v1/sets/ID/events", "previews=true"),
    FOLLOW_ALL("GET", "/v1/events", ""),
    FILE("GET", "/v1/sets/ID/files/NAME", ""),
    ARCHIVE("GET", "/v1/sets/ID/archive", "with=INDEX:ID,..."),
    UPLOAD("POST", "/v1/uploads", ""),
    PREPROCESS("POST", "/v1/preprocess", ""),
    PLUGINS("GET", "/v1/plugins", ""),
    PLUGIN("GET", "/v1/plugins/KIND.NAME", ""),
    DOCTOR("GET", "/v1/doctor", ""),
    HEALTH("GET", "/v1/health", ""),
    CAPABILITIES("GET", "/v1/capabilities", "");

    private final String method;
    private final String path;
    private final String query;

    Route(String method, String path, String query) {
        this.method = method;
        this.path = path;
        this.query = query;
    }

    /**
     * Returns the route of a request.
     *
     * @throws ApiError if no route has the path, the method or a query parameter of the request
     */
    static Route of(ApiRequest request) {
        Route route = ApiRoute.of(
                values(),
                request.method(),
                request.path(),
                "There is no such path; GET /v1/capabilities lists all endpoints.");
        route.requireKnown(request.parameters());
        return route;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public boolean answersHead() {
        return ApiRoute.super.answersHead() && this != FOLLOW && this != FOLLOW_ALL && this != ARCHIVE;
    }

    @Override
    public String signature() {
        return ApiRoute.super.signature() + (query.isEmpty() ? "" : "?" + query);
    }

    /** Rejects unknown parameters: a typing error in a name would send the set to another folder. */
    private void requireKnown(List<String> parameters) {
        List<String> known = Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=")[0])
                .filter(name -> !name.isEmpty())
                .toList();
        for (String name : parameters) {
            if (!known.contains(name)) {
                throw ApiError.of(
                        400,
                        "invalid_request",
                        "This endpoint has no parameter '%s'; %s."
                                .formatted(
                                        name,
                                        known.isEmpty() ? "it takes none" : "it takes " + String.join(", ", known)));
            }
        }
    }
}
