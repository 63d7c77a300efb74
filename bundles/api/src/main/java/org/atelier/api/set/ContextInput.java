package org.atelier.api.set;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * An input that is turned into text for a set's prompts: an image, speech, music, a place.
 *
 * @param kind name of a context plugin: {@code picture}, {@code speech}, {@code music}, {@code place}
 * @param input what that plugin reads: a file, a place; in a resolved request, the absolute path of a file
 * @param options the plugin's options by name: Boolean, Number, String or a List of them; default none
 * @param forReference whether the text is appended to the references' prompts instead of the set's; default false
 * @param sha256 of a file, 64 hexadecimal digits; {@code null}: any content, or no file. A changed file is an error
 * @param resolved its text; {@code null}: not read yet. If it is present, the input is not read
 */
public record ContextInput(
        String kind,
        String input,
        Map<String, Object> options,
        boolean forReference,
        String sha256,
        ContextText resolved) {

    /** Makes defensive copies. */
    public ContextInput {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(input, "input");
        options = OptionValues.copyOf(options);
    }

    /** An input of any content. */
    public ContextInput(
            String kind, String input, Map<String, Object> options, boolean forReference, ContextText resolved) {
        this(kind, input, options, forReference, null, resolved);
    }

    /** An unread input for the prompts of the set. */
    public static ContextInput of(String kind, String input) {
        return new ContextInput(kind, input, Map.of(), false, null);
    }

    /** The input for display: the file name of an absolute path, any other input unchanged. */
    public String displayName() {
        try {
            Path path = Path.of(input);
            return path.isAbsolute() && path.getFileName() != null
                    ? path.getFileName().toString()
                    : input;
        } catch (InvalidPathException e) {
            return input;
        }
    }

    /** A copy with another input. */
    public ContextInput withInput(String other) {
        return new ContextInput(kind, other, options, forReference, sha256, resolved);
    }

    /** A copy with the hash of its file. */
    public ContextInput withSha256(String hash) {
        return new ContextInput(kind, input, options, forReference, hash, resolved);
    }

    /** A copy with its text. */
    public ContextInput withText(ContextText text) {
        return new ContextInput(kind, input, options, forReference, sha256, text);
    }
}
