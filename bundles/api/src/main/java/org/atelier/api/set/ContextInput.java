package org.atelier.api.set;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * Something that is put into words which join a set's prompts: an image, a voice, a song, a place.
 *
 * @param kind name of a context plugin: {@code picture}, {@code speech}, {@code music}, {@code place}
 * @param input what that plugin reads: a file, a place; a settled request has a file's absolute path
 * @param options the plugin's options by name: Boolean, Number, String or a List of them; default none
 * @param forReference whether the words join the references' prompts instead of the set's; default false
 * @param resolved its words; open: not read yet. Words that are here are used as they are, and the input is not read
 */
public record ContextInput(
        String kind, String input, Map<String, Object> options, boolean forReference, ContextText resolved) {

    /** Copies what could be changed from outside. */
    public ContextInput {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(input, "input");
        options = OptionValues.copyOf(options);
    }

    /** An input that is not read yet, for the prompts of the set. */
    public static ContextInput of(String kind, String input) {
        return new ContextInput(kind, input, Map.of(), false, null);
    }

    /** The input without the folder that a resolved request names: a file's own name, any other input as it is. */
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

    /** The same input, of another name. */
    public ContextInput named(String other) {
        return new ContextInput(kind, other, options, forReference, resolved);
    }

    /** The same input, with what it says. */
    public ContextInput saying(ContextText words) {
        return new ContextInput(kind, input, options, forReference, words);
    }
}
