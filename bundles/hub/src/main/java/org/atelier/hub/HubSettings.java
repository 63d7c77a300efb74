package org.atelier.hub;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.library.HubCache;

/**
 * Where the hub is and how to use it, by the variables that huggingface_hub reads.
 *
 * @param endpoint HF_ENDPOINT, or the public hub
 * @param token of the user, if there is one
 * @param offline whether HF_HUB_OFFLINE forbids every connection
 * @param linked whether snapshots hold links to the blobs where the file system has links; HF_HUB_DISABLE_SYMLINKS says no
 * @param cache where models are kept
 */
record HubSettings(HttpUrl endpoint, Optional<Token> token, boolean offline, boolean linked, HubCache cache) {

    private static final String PUBLIC_HUB = "https://huggingface.co";
    private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

    /**
     * Reads the variables.
     *
     * @param home the user's
     * @throws AtelierException INVALID_REQUEST when one has no meaning
     */
    static HubSettings of(Map<String, String> environment, Path home) {
        return new HubSettings(
                endpoint(environment),
                Token.of(environment, home),
                isSet(environment, "HF_HUB_OFFLINE") || isSet(environment, "TRANSFORMERS_OFFLINE"),
                !isSet(environment, "HF_HUB_DISABLE_SYMLINKS"),
                HubCache.of(environment, home));
    }

    private static HttpUrl endpoint(Map<String, String> environment) {
        String given = environment.getOrDefault("HF_ENDPOINT", "").strip();
        HttpUrl endpoint = HttpUrl.parse(given.isEmpty() ? PUBLIC_HUB : given);
        if (endpoint == null
                || !endpoint.username().isEmpty()
                || !endpoint.password().isEmpty()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "HF_ENDPOINT is not the address of a hub, such as " + PUBLIC_HUB + ".");
        }
        return endpoint;
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return YES.contains(environment.getOrDefault(variable, "").strip().toUpperCase(Locale.ROOT));
    }
}
