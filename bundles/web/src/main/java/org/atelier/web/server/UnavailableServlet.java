package org.atelier.web.server;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.AtelierException;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Returns 503 under {@code /v1} and {@code /sdapi} while the queue starts, stops or is being replaced, and 404 elsewhere. It depends on no
 * service that may disappear. Its pattern is that of the default servlet: to Felix, one that ends with a star is more specific than that
 * of the page at {@code /}.
 */
@HttpWhiteboardServletName("unavailable")
@HttpWhiteboardServletPattern("/")
@Component(service = Servlet.class)
public final class UnavailableServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request) + "/";
        boolean isApiPath = path.startsWith("/v1/") || path.startsWith("/sdapi/");
        new ApiResponse(response)
                .error(
                        isApiPath
                                ? ApiError.of(unavailable())
                                : ApiError.of(
                                        404,
                                        "not_found",
                                        "There is no such path; all paths begin with /v1 or /sdapi/v1."),
                        ErrorFormat.of(path));
    }

    /** The path without its parameters and without dots. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /** The error that callers get while the queue is not available. */
    public static AtelierException unavailable() {
        return new AtelierException(
                AtelierException.Code.SERVICE_UNREACHABLE,
                "Atelier is starting, stopping or being updated; try again. Accepted jobs are kept. If this persists, see"
                        + " the log of the server.");
    }
}
