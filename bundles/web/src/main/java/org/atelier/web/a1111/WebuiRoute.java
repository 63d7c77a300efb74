package org.atelier.web.a1111;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.web.http.ApiError;

/** The routes: a method and a path below {@code /sdapi/v1}. */
enum WebuiRoute {
    TXT2IMG("POST", "txt2img"),
    IMG2IMG("POST", "img2img"),
    PROGRESS("GET", "progress"),
    INTERRUPT("POST", "interrupt"),
    OPTIONS("GET", "options"),
    SET_OPTIONS("POST", "options"),
    MODELS("GET", "sd-models"),
    SAMPLERS("GET", "samplers"),
    SCHEDULERS("GET", "schedulers"),
    PNG_INFO("POST", "png-info"),
    SCRIPTS("GET", "scripts"),
    EMBEDDINGS("GET", "embeddings"),
    FLAGS("GET", "cmd-flags"),
    /** Lists of what Atelier has none of. */
    UPSCALERS("GET", "upscalers"),
    LATENT_UPSCALE_MODES("GET", "latent-upscale-modes"),
    VAES("GET", "sd-vae"),
    LORAS("GET", "loras"),
    HYPERNETWORKS("GET", "hypernetworks"),
    FACE_RESTORERS("GET", "face-restorers"),
    PROMPT_STYLES("GET", "prompt-styles"),
    SCRIPT_INFO("GET", "script-info"),
    EXTENSIONS("GET", "extensions"),
    /** Nothing to do: models and LoRAs are looked for whenever they are listed. */
    REFRESH_CHECKPOINTS("POST", "refresh-checkpoints"),
    REFRESH_VAE("POST", "refresh-vae"),
    REFRESH_LORAS("POST", "refresh-loras");

    private final String method;
    private final String path;

    WebuiRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** All routes: {@code GET /sdapi/v1/progress}. */
    static List<String> all() {
        return Arrays.stream(values())
                .map(route -> route.method + " /sdapi/v1/" + route.path)
                .toList();
    }

    /** @throws ApiError 404 if there is no such path; 405 if it does not support the method */
    static WebuiRoute of(String method, String path) {
        List<WebuiRoute> matching =
                Arrays.stream(values()).filter(route -> route.path.equals(path)).toList();
        if (matching.isEmpty()) {
            throw ApiError.of(
                    404, "not_found", "Atelier has no such endpoint of stable-diffusion-webui; see docs/serve.md.");
        }
        return matching.stream()
                .filter(route -> route.method.equals(method.equals("HEAD") ? "GET" : method))
                .findFirst()
                .orElseThrow(() -> ApiError.ofMethod(
                        method, matching.stream().map(route -> route.method).collect(Collectors.joining(", "))));
    }
}
