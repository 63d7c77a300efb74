package org.atelier.page;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Serves the page at {@code /} and its files below {@code /page/}: a fixed list, which holds no data of the user and so needs no
 * token. See docs/page.md.
 */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final long MILLIS = 1000;
    /** Where its files are. */
    static final String FOLDER = "/page/";

    private static final String START = "index.html";

    /** Every file of the page. */
    static final String[] FILES = {
        START,
        "api.js",
        "app.js",
        "cards.js",
        "command.js",
        "contexts.js",
        "controls.js",
        "dom.js",
        "files.js",
        "history.js",
        "icon.svg",
        "images.js",
        "job.js",
        "member.js",
        "options.js",
        "plugins.js",
        "prompts.js",
        "recorder.js",
        "redraws.js",
        "references.js",
        "request.js",
        "set.js",
        "settings.js",
        "sse.js",
        "store.js",
        "style.css",
        "style.js",
        "token.js"
    };

    /** The page may load its own files and call its own server, and nothing else; no other page may embed it. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
            + " connect-src 'self'; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "microphone=(self), camera=(), geolocation=()",
            "Cache-Control", "no-cache");

    private final transient Map<String, PageFile> files;
    private final long modified;

    /** @param modified when the files were installed */
    PageServlet(Instant modified) {
        this.files = Arrays.stream(FILES).collect(Collectors.toUnmodifiableMap(Function.identity(), PageFile::read));
        this.modified = modified.getEpochSecond();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageFile file = files.get(name(request));
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        HEADERS.forEach(response::setHeader);
        response.setHeader("ETag", file.etag());
        response.setDateHeader("Last-Modified", modified * MILLIS);
        if (isCurrent(request, file)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.type());
        response.setContentLength(file.length());
        file.writeTo(response.getOutputStream());
    }

    /** The name of the requested file; {@code /} is the start page. */
    private static String name(HttpServletRequest request) {
        String below = request.getPathInfo() == null ? "" : request.getPathInfo();
        String path = request.getServletPath() + below;
        return path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : START;
    }

    /** Whether the client has the file already. An entity tag takes precedence over a date, as RFC 9110 requires. */
    private boolean isCurrent(HttpServletRequest request, PageFile file) {
        String tags = request.getHeader("If-None-Match");
        if (tags != null) {
            return tags.strip().equals("*")
                    || Arrays.stream(tags.split(","))
                            .map(tag -> tag.strip().replaceFirst("^W/", ""))
                            .anyMatch(file.etag()::equals);
        }
        return since(request) / MILLIS >= modified;
    }

    /** The date of the client's copy in milliseconds; 0 for none, and for a date that cannot be read. */
    private static long since(HttpServletRequest request) {
        try {
            return Math.max(0, request.getDateHeader("If-Modified-Since"));
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
