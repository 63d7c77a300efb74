package org.atelier.web.openai;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API request that generates images.
 *
 * @param request the set, in the format of request files
 * @param client the name of the client in the list of jobs
 * @param saveStyle the name under which the style card of the set is stored
 * @param format of the images that are returned
 * @param stream whether the response is a stream of events
 * @param partialImages the maximum number of previews of each image in the stream
 * @param kind the prefix of the types of events
 */
record ImageCall(
        JsonObject request,
        String client,
        Optional<String> saveStyle,
        OutputFormat format,
        boolean stream,
        int partialImages,
        Kind kind) {

    private static final int MAX_PARTIAL_IMAGES = 3;
    private static final Pattern CLIENT = Pattern.compile("\\P{Cntrl}{1,64}");

    /** The routes that generate images. */
    enum Kind {
        GENERATION("image_generation"),
        EDIT("image_edit");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        String event() {
            return event;
        }
    }

    /** @throws org.atelier.web.http.ApiError if a parameter is invalid */
    static ImageCall of(CallParameters parameters, JsonObject request, Kind kind) {
        if (parameters.text("background").filter("transparent"::equals).isPresent()) {
            throw CallParameters.invalid("background", "transparent images are not supported; use opaque or auto");
        }
        return new ImageCall(
                request,
                parameters
                        .text("user")
                        .filter(name -> CLIENT.matcher(name).matches())
                        .orElse("openai"),
                parameters.text("save_style"),
                OutputFormat.of(parameters),
                parameters.flag("stream"),
                parameters.integer("partial_images", 0, MAX_PARTIAL_IMAGES).orElse(0),
                kind);
    }
}
