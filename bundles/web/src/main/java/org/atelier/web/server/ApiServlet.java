package org.atelier.web.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.AtelierException;
import org.atelier.web.access.AccessToken;
import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiResponse;
import org.atelier.web.http.ErrorFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A servlet that requires the token and reports every fault as an error of the API. */
public abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient AccessToken token;

    protected ApiServlet(AccessToken token) {
        this.token = token;
    }

    /**
     * Handles a request whose caller knows the token, if it is required.
     *
     * @throws IOException if the response cannot be written
     */
    protected abstract void dispatch(ApiRequest request, ApiResponse response) throws IOException;

    /**
     * Checks that the caller knows the token; by default it is required for every request.
     *
     * @return false if the request needs no token
     * @throws ApiError if it needs one that the caller does not know
     */
    protected boolean authorise(ApiRequest request, AccessToken required) {
        required.require(request.servletRequest());
        return true;
    }

    /** Returns an error in the words of the clients. */
    protected ApiError translated(ApiError error) {
        return error;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiRequest apiRequest = ApiRequest.of(request);
        ApiResponse apiResponse = new ApiResponse(response);
        boolean knowsToken;
        try {
            knowsToken = authorise(apiRequest, token);
        } catch (ApiError error) {
            write(error, apiRequest, apiResponse);
            return;
        }
        try {
            dispatch(apiRequest, apiResponse);
        } catch (ApiError error) {
            refuse(error, apiRequest, apiResponse, knowsToken);
        } catch (AtelierException fault) {
            refuse(ApiError.of(fault), apiRequest, apiResponse, knowsToken);
        } catch (IOException fault) {
            // As a rule, the caller has closed the connection, so no error response can reach it.
            LOG.info(
                    "The response to {} {} is incomplete: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    fault.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            refuse(
                    ApiError.of(500, "internal_error", "The server failed unexpectedly; see its log for the cause."),
                    apiRequest,
                    apiResponse,
                    knowsToken);
        }
    }

    /** Reports an error. Only a caller who knows the token may keep a thread busy with the rest of a body. */
    private void refuse(ApiError error, ApiRequest request, ApiResponse response, boolean knowsToken)
            throws IOException {
        if (knowsToken) {
            request.discardBody();
        }
        write(error, request, response);
    }

    private void write(ApiError error, ApiRequest request, ApiResponse response) throws IOException {
        response.error(
                translated(error), ErrorFormat.of(request.servletRequest().getRequestURI()));
    }
}
