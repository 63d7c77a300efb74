package org.atelier.web.sets;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;

/** The routes of the API: a method, a path after {@code /v1} and query parameters. Path segments in capitals are variables. */
enum Route {
    SUBMIT("POST", "sets", "output=DIR&style_card=FILE&save_style=NAME&client=NAME"),
    LIST("GET", "sets", ""),
    SHOW("GET", "sets/ID", ""),
    CANCEL("DELETE", "sets/ID", ""),
    RESUME("POST", "sets/ID/resume", ""),
    FOLLOW("GET", "sets/ID/events", "previews=true"),
    FILE("GET", "sets/ID/files/NAME", ""),
    ARCHIVE("GET", "sets/ID/archive", "with=INDEX:ID,..."),
    UPLOAD("POST", "uploads", ""),
    PREPROCESS("POST", "preprocess", ""),
    PLUGINS("GET", "plugins", ""),
    PLUGIN("GET", "plugins/KIND.NAME", ""),
    DOCTOR("GET", "doctor", ""),
    HEALTH("GET", "health", ""),
    CAPABILITIES("GET", "capabilities", "");

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
        List<Route> matching = Arrays.stream(values())
                .filter(route -> route.matches(request.path()))
                .toList();
        if (matching.isEmpty()) {
            throw ApiError.of(404, "not_found", "There is no such path; GET /v1/capabilities lists all endpoints.");
        }
        Route route = matching.stream()
                .filter(candidate -> candidate.methods().contains(request.method()))
                .findFirst()
                .orElseThrow(() -> ApiError.ofMethod(request.method(), methods(matching)));
        route.requireKnown(request.parameters());
        return route;
    }

    private boolean matches(List<String> requested) {
        String[] parts = path.split("/");
        boolean matches = requested.size() == parts.length;
        for (int part = 0; matches && part < parts.length; part++) {
            matches = isParameter(parts[part]) || parts[part].equals(requested.get(part));
        }
        return matches;
    }

    private static boolean isParameter(String part) {
        return Character.isUpperCase(part.charAt(0));
    }

    /** Every GET route also supports HEAD, except the event stream, which does not end, and an archive, which is long. */
    private List<String> methods() {
        return method.equals("GET") && this != FOLLOW && this != ARCHIVE ? List.of("GET", "HEAD") : List.of(method);
    }

    private static String methods(List<Route> routes) {
        TreeSet<String> all = new TreeSet<>();
        routes.forEach(route -> all.addAll(route.methods()));
        return String.join(", ", all);
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

    /** Returns the route as {@code /v1/capabilities} lists it: {@code GET /v1/sets/ID}. */
    String signature() {
        return method + " /v1/" + path + (query.isEmpty() ? "" : "?" + query);
    }
}
