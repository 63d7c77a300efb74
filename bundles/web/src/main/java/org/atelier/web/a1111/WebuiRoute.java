package org.atelier.web.a1111;

import org.atelier.web.http.ApiError;
import org.atelier.web.http.ApiRequest;
import org.atelier.web.http.ApiRoute;

/** The routes of stable-diffusion-webui. */
enum WebuiRoute implements ApiRoute {
    /** Whether the server runs; needs no token. */
    PING("GET", "/internal/ping"),
    TXT2IMG("POST", "/sdapi/v1/txt2img"),
    IMG2IMG("POST", "/sdapi/v1/img2img"),
    PROGRESS("GET", "/sdapi/v1/progress"),
    INTERRUPT("POST", "/sdapi/v1/interrupt"),
    OPTIONS("GET", "/sdapi/v1/options"),
    SET_OPTIONS("POST", "/sdapi/v1/options"),
    MODELS("GET", "/sdapi/v1/sd-models"),
    SAMPLERS("GET", "/sdapi/v1/samplers"),
    SCHEDULERS("GET", "/sdapi/v1/schedulers"),
    PNG_INFO("POST", "/sdapi/v1/png-info"),
    SCRIPTS("GET", "/sdapi/v1/scripts"),
    EMBEDDINGS("GET", "/sdapi/v1/embeddings"),
    FLAGS("GET", "/sdapi/v1/cmd-flags"),
    /** Lists of what Atelier has none of. */
    UPSCALERS("GET", "/sdapi/v1/upscalers"),
    LATENT_UPSCALE_MODES("GET", "/sdapi/v1/latent-upscale-modes"),
    VAES("GET", "/sdapi/v1/sd-vae"),
    LORAS("GET", "/sdapi/v1/loras"),
    HYPERNETWORKS("GET", "/sdapi/v1/hypernetworks"),
    FACE_RESTORERS("GET", "/sdapi/v1/face-restorers"),
    PROMPT_STYLES("GET", "/sdapi/v1/prompt-styles"),
    SCRIPT_INFO("GET", "/sdapi/v1/script-info"),
    EXTENSIONS("GET", "/sdapi/v1/extensions"),
    /** Nothing to do: models and LoRAs are looked for whenever they are listed. */
    REFRESH_CHECKPOINTS("POST", "/sdapi/v1/refresh-checkpoints"),
    REFRESH_VAE("POST", "/sdapi/v1/refresh-vae"),
    REFRESH_LORAS("POST", "/sdapi/v1/refresh-loras");

    private final String method;
    private final String path;

    WebuiRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    /** @throws ApiError 404 if there is no such path; 405 if it does not support the method */
    static WebuiRoute of(ApiRequest request) {
        return ApiRoute.of(
                values(),
                request.method(),
                request.path(),
                "Atelier has no such endpoint of stable-diffusion-webui; see docs/serve.md.");
    }
}
