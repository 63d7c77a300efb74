package org.atelier.models.library;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A single file on the hub that is a model or a LoRA, as a user writes it: {@code org/name:file.safetensors} or {@code
 * org/name@revision:file.safetensors}.
 *
 * @param model repository and revision
 * @param path in the repository, with slashes
 */
public record HubFile(HubName model, String path) {

    private static final char SEPARATOR = ':';
    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._ -]*[A-Za-z0-9_])?";
    private static final Pattern PATH = Pattern.compile("(?:" + PART + "/){0,8}" + PART + "\\.safetensors");

    /** Parses a name; empty if it is not that of a file. A valid path cannot escape its folder. */
    public static Optional<HubFile> parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0 || !isPath(text.substring(separator + 1))) {
            return Optional.empty();
        }
        return HubName.parse(text.substring(0, separator))
                .map(model -> new HubFile(model, text.substring(separator + 1)));
    }

    /** Whether a text is the path of a safetensors file inside a repository. */
    static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !text.contains("..");
    }

    /** Returns the name as a user writes it, without {@code @main}. */
    @Override
    public String toString() {
        return model + String.valueOf(SEPARATOR) + path;
    }
}
