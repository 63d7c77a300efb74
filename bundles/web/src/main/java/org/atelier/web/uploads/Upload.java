package org.atelier.web.uploads;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An uploaded file that is stored.
 *
 * @param kind what it contains
 * @param file its absolute path, which a request may name; its name is its SHA-256
 * @param sha256 of the stored file, 64 hexadecimal digits
 * @param bytes the size of the stored file
 * @param width of an image in pixels; 0 for audio
 * @param height of an image in pixels; 0 for audio
 * @param seconds the duration of audio; 0 for an image
 */
public record Upload(Kind kind, Path file, String sha256, long bytes, int width, int height, double seconds) {

    /** What an upload contains, found by its content. */
    public enum Kind {
        IMAGE(".png"),
        AUDIO(".audio");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    static Upload image(Path file, String sha256, long bytes, int width, int height) {
        return new Upload(Kind.IMAGE, file, sha256, bytes, width, height, 0);
    }

    static Upload audio(Path file, String sha256, long bytes, double seconds) {
        return new Upload(Kind.AUDIO, file, sha256, bytes, 0, 0, seconds);
    }

    /** Returns {@code kind}, {@code file}, {@code sha256} and {@code bytes}, then {@code width} and {@code height} or {@code seconds}. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind.name().toLowerCase(Locale.ROOT));
        json.addProperty("file", file.toString());
        json.addProperty("sha256", sha256);
        json.addProperty("bytes", bytes);
        if (kind == Kind.IMAGE) {
            json.addProperty("width", width);
            json.addProperty("height", height);
        } else {
            json.addProperty("seconds", seconds);
        }
        return json;
    }
}
