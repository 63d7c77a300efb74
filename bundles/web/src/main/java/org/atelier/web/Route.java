package org.atelier.web;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** All that can be called: a method, a path after {@code /v1} and what may be in the query. Capitals stand for any part. */
enum Route {
    SUBMIT("POST", "sets", "output=DIR&style_card=FILE&client=NAME"),
    LIST("GET", "sets", ""),
    SHOW("GET", "sets/ID", ""),
    CANCEL("DELETE", "sets/ID", ""),
    RESUME("POST", "sets/ID/resume", ""),
    FOLLOW("GET", "sets/ID/events", "previews=true"),
    FILE("GET", "sets/ID/files/NAME", ""),
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
     * What is called.
     *
     * @throws ApiError if there is no such path, no such method of it, or no such parameter of that
     */
    static Route of(ApiRequest call) {
        List<Route> there = Arrays.stream(values())
                .filter(route -> route.leadsTo(call.path()))
                .toList();
        if (there.isEmpty()) {
            throw ApiError.of(
                    404, "not_found", "There is nothing of that name; GET /v1/capabilities lists what there is.");
        }
        Route called = there.stream()
                .filter(route -> route.methods().contains(call.method()))
                .findFirst()
                .orElseThrow(() -> ApiError.ofMethod(call.method(), methods(there)));
        called.requireKnown(call.parameters());
        return called;
    }

    private boolean leadsTo(List<String> called) {
        String[] parts = path.split("/");
        boolean leads = called.size() == parts.length;
        for (int part = 0; leads && part < parts.length; part++) {
            leads = isAny(parts[part]) || parts[part].equals(called.get(part));
        }
        return leads;
    }

    private static boolean isAny(String part) {
        return Character.isUpperCase(part.charAt(0));
    }

    /** Where something can be got, its head can; but for what comes without end. */
    private List<String> methods() {
        return method.equals("GET") && this != FOLLOW ? List.of("GET", "HEAD") : List.of(method);
    }

    private static String methods(List<Route> routes) {
        TreeSet<String> all = new TreeSet<>();
        routes.forEach(route -> all.addAll(route.methods()));
        return String.join(", ", all);
    }

    /** A name that is not known may be one that was to be another: the set would go elsewhere. */
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
                        "There is no parameter '%s' of this call; %s."
                                .formatted(
                                        name, known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
            }
        }
    }

    /** As it is listed: {@code GET /v1/sets/ID}. */
    String inWords() {
        return method + " /v1/" + path + (query.isEmpty() ? "" : "?" + query);
    }
}
