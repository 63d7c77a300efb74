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
 * The settings of the hub, from the environment variables of huggingface_hub.
 *
 * @param endpoint HF_ENDPOINT, by default the public hub
 * @param token the user's token, if there is one
 * @param offline whether HF_HUB_OFFLINE disables all connections
 * @param linked whether snapshots contain symbolic links to the blobs if the file system supports them; disabled by HF_HUB_DISABLE_SYMLINKS
 * @param cache the cache of models
 */
record HubSettings(HttpUrl endpoint, Optional<Token> token, boolean offline, boolean linked, HubCache cache) {

    private static final String PUBLIC_HUB = "https://huggingface.co";
    private static final Set<String> TRUE_VALUES = Set.of("1", "ON", "TRUE_VALUES", "TRUE");

    /**
     * Reads the variables.
     *
     * @param home the user's home folder
     * @throws AtelierException INVALID_REQUEST if a variable is not valid
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
                    Code.INVALID_REQUEST, "HF_ENDPOINT is not the URL of a hub, such as " + PUBLIC_HUB + ".");
        }
        return endpoint;
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return TRUE_VALUES.contains(
                environment.getOrDefault(variable, "").strip().toUpperCase(Locale.ROOT));
    }
}
