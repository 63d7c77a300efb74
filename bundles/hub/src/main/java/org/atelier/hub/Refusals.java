package org.atelier.hub;

import okhttp3.HttpUrl;
import okhttp3.Response;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.library.HubName;

/** What the hub's refusals mean for the user. */
final class Refusals {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpUrl endpoint;
    private final boolean hasToken;

    Refusals(HubSettings settings) {
        this.endpoint = settings.endpoint();
        this.hasToken = settings.token().isPresent();
    }

    /**
     * Takes an answer as it is when it is good.
     *
     * @param what was asked for: a file's name or "its list of files"
     * @throws AtelierException MODEL_NOT_FOUND when the model is not there or not for this user, else SERVICE_UNREACHABLE
     */
    void throwIfRefused(Response response, HubName model, String what) {
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
                "The hub at %s answers %d to the question for %s of %s: try again later, or see HF_ENDPOINT."
                        .formatted(endpoint, code, what, model));
    }

    private String gated(HubName model) {
        return model.repository() + " is for those who accepted its terms: accept them at " + page(model)
                + (hasToken
                        ? " with the account of your HF_TOKEN, or set that of another account."
                        : " and set HF_TOKEN to a token of that account.");
    }

    private String absent(HubName model) {
        return "There is no model " + model.repository() + " at " + endpoint + ", or it is not for "
                + (hasToken
                        ? "the account of your HF_TOKEN, or that token is no longer valid"
                        : "everybody: check its spelling, or set HF_TOKEN to a token that may read it")
                + ".";
    }

    private String page(HubName model) {
        return endpoint.newBuilder().addPathSegments(model.repository()).build().toString();
    }
}
