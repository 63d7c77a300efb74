package org.atelier.web.http;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A route of a servlet: a method and a path. A servlet answers those of an enum of its own and no others, so that {@code
 * /v1/capabilities} lists all of them.
 */
public interface ApiRoute {

    /** The HTTP method, such as {@code GET}. */
    String method();

    /** The path, such as {@code /v1/sets/ID}. Segments in capitals are variables. */
    String path();

    /** Whether HEAD is answered as well as GET; not for a response that does not end, or that takes long to make. */
    default boolean answersHead() {
        return method().equals("GET");
    }

    /** Returns what {@code /v1/capabilities} says of the route: {@code GET /v1/sets/ID}. */
    default String signature() {
        return method() + " " + path();
    }

    /**
     * Returns the route of a request.
     *
     * @param routes all routes of the servlet
     * @param path the segments of the path after its first
     * @param elsewhere what a caller of another path should know
     * @throws ApiError 404 if no route has the path; 405 if none of them has the method
     */
    static <R extends ApiRoute> R of(R[] routes, String method, List<String> path, String elsewhere) {
        List<R> matching =
                Arrays.stream(routes).filter(route -> matches(route, path)).toList();
        if (matching.isEmpty()) {
            throw ApiError.of(404, "not_found", elsewhere);
        }
        return matching.stream()
                .filter(route -> methods(route).contains(method))
                .findFirst()
                .orElseThrow(() -> ApiError.ofMethod(method, methods(matching)));
    }

    private static boolean matches(ApiRoute route, List<String> requested) {
        List<String> parts =
                Arrays.stream(route.path().substring(1).split("/")).skip(1).toList();
        boolean matches = requested.size() == parts.size();
        for (int part = 0; matches && part < parts.size(); part++) {
            matches = isVariable(parts.get(part)) || parts.get(part).equals(requested.get(part));
        }
        return matches;
    }

    private static boolean isVariable(String part) {
        return Character.isUpperCase(part.charAt(0));
    }

    private static List<String> methods(ApiRoute route) {
        return route.answersHead() ? List.of(route.method(), "HEAD") : List.of(route.method());
    }

    private static String methods(List<? extends ApiRoute> routes) {
        TreeSet<String> all = new TreeSet<>();
        routes.forEach(route -> all.addAll(methods(route)));
        return String.join(", ", all);
    }
}
