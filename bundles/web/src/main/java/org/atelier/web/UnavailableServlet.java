package org.atelier.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.AtelierException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Answers where nobody else does: under {@code /v1} while the queue starts, stops or is being replaced, and elsewhere
 * always. It needs nothing that comes and goes.
 */
@HttpWhiteboardServletName("closed")
@HttpWhiteboardServletPattern("/*")
@Component(service = Servlet.class)
public final class UnavailableServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiResponse answer = new ApiResponse(response);
        answer.prepare();
        try {
            AccessFilter.requireThisMachine(request);
            boolean isOurs = (request.getPathInfo() + "/").startsWith("/v1/");
            answer.refusal(
                    isOurs
                            ? ApiError.of(closed())
                            : ApiError.of(404, "not_found", "There is nothing here; all calls begin with /v1."));
        } catch (ApiError refusal) {
            answer.refusal(refusal);
        }
    }

    /** What callers get now. */
    static AtelierException closed() {
        return new AtelierException(
                AtelierException.Code.SERVICE_UNREACHABLE,
                "Atelier is starting, stopping or being updated; ask again. What it took in is kept. If that lasts, its log"
                        + " says why.");
    }
}
