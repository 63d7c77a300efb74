package org.atelier.web.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.AtelierException;
import org.atelier.web.access.AccessFilter;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A servlet that applies the access rules to every request and reports every fault as an error of the API. */
public abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient AccessFilter accessFilter;

    protected ApiServlet(AccessFilter accessFilter) {
        this.accessFilter = accessFilter;
    }

    /**
     * Handles a request that the access rules admit.
     *
     * @throws IOException if the response cannot be written
     */
    protected abstract void dispatch(ApiRequest request, ApiResponse response) throws IOException;

    /** Returns whether the caller must know the token. */
    protected boolean requiresToken(ApiRequest request) {
        return true;
    }

    /** Writes an error as the whole response. */
    protected void write(ApiError error, ApiResponse response) throws IOException {
        response.error(error);
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiResponse apiResponse = new ApiResponse(response);
        apiResponse.prepare();
        try {
            AccessFilter.requireThisMachine(request);
            ApiRequest apiRequest = ApiRequest.of(request);
            if (requiresToken(apiRequest)) {
                accessFilter.requireToken(request);
            }
            dispatch(apiRequest, apiResponse);
        } catch (ApiError error) {
            write(error, apiResponse);
        } catch (AtelierException fault) {
            write(ApiError.of(fault), apiResponse);
        } catch (IOException fault) {
            // As a rule, the caller has closed the connection, so no error response can reach it.
            LOG.info(
                    "The response to {} {} is incomplete: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    fault.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            write(
                    ApiError.of(500, "internal_error", "The server failed unexpectedly; see its log for the cause."),
                    apiResponse);
        }
    }
}
