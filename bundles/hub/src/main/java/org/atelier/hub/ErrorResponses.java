package org.atelier.hub;

import okhttp3.HttpUrl;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.library.HubName;

/** Converts error responses of the hub to exceptions. */
final class ErrorResponses {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpUrl endpoint;
    private final boolean hasToken;

    ErrorResponses(HubSettings settings) {
        this.endpoint = settings.endpoint();
        this.hasToken = settings.token().isPresent();
    }

    /**
     * Throws unless the response is a success or a redirect.
     *
     * @param what was requested: a file's name or "its list of files"
     * @throws AtelierException MODEL_NOT_FOUND if the model does not exist or access is denied, else SERVICE_UNREACHABLE
     */
    void throwIfError(Response response, HubName model, String what) {
        int code = response.code();
        if (response.isSuccessful() || response.isRedirect()) {
            return;
        }
        String reason = response.header("X-Error-Code", "");
        if (reason.equals("GatedRepo") || code == FORBIDDEN) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, gated(model));
        }
        if (reason.equals("RevisionNotFound")) {
            throw new AtelierException(
                    Code.MODEL_NOT_FOUND,
                    "%s has no revision \"%s\": see %s".formatted(model.repository(), model.revision(), page(model)));
        }
        if (reason.equals("EntryNotFound")) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, model + " has no file " + what + ": pull it again.");
        }
        if (code == NOT_FOUND || code == UNAUTHORIZED) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, absent(model));
        }
        throw new AtelierException(
                Code.SERVICE_UNREACHABLE,
                "The hub at %s returned status %d for %s of %s: try again later, or check HF_ENDPOINT."
                        .formatted(endpoint, code, what, model));
    }

    private String gated(HubName model) {
        return model.repository() + " requires that you accept its terms: accept them at " + page(model)
                + (hasToken
                        ? " with the account of HF_TOKEN, or set HF_TOKEN to a token of another account."
                        : " and set HF_TOKEN to a token of your account.");
    }

    private String absent(HubName model) {
        return "There is no model " + model.repository() + " at " + endpoint + ", or it is not accessible "
                + (hasToken
                        ? "with HF_TOKEN: check its spelling and the token"
                        : "without a token: check its spelling, or set HF_TOKEN to a token with read access")
                + ".";
    }

    private String page(HubName model) {
        return endpoint.newBuilder().addPathSegments(model.repository()).build().toString();
    }
}
