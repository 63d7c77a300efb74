package org.atelier.web.http;

import com.google.gson.JsonObject;

/** The form of an error, in which the clients of a family of paths look for it. */
public enum ErrorFormat {
    /** Of OpenAI's API and of Atelier's own: {@code {"error": {"message", "type", "param", "code"}}}. */
    OPENAI {
        @Override
        public JsonObject of(ApiError error) {
            JsonObject json = new JsonObject();
            json.add("error", error.body());
            return json;
        }
    },

    /** Of stable-diffusion-webui: {@code {"error", "detail", "body", "errors"}}, where {@code detail} is the message. */
    WEBUI {
        @Override
        public JsonObject of(ApiError error) {
            JsonObject json = new JsonObject();
            json.addProperty("error", error.body().get("code").getAsString());
            json.addProperty("detail", error.getMessage());
            json.addProperty("body", "");
            json.addProperty("errors", error.getMessage());
            return json;
        }
    };

    private static final String WEBUI_PATH = "/sdapi/";

    /**
     * Returns the form of errors below a path, whoever reports them: the server, the access rules or a servlet.
     *
     * @param path of the request, as the client has sent it; {@code null} if it cannot be read
     */
    public static ErrorFormat of(String path) {
        return path != null && (path + "/").startsWith(WEBUI_PATH) ? WEBUI : OPENAI;
    }

    /** Returns the whole body of the response. */
    public abstract JsonObject of(ApiError error);
}
