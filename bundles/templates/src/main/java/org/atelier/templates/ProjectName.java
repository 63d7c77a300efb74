package org.atelier.templates;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * The name of a plugin and its project.
 *
 * @param name lower-case words joined by dashes
 */
record ProjectName(String name) {

    private static final int MAX_LENGTH = 60;
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws AtelierException {@code INVALID_REQUEST} if the name is not valid */
    ProjectName {
        if (name.length() > MAX_LENGTH || !WORDS.matcher(name).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The plugin name '%s' is not valid; use lower-case words of letters and digits joined by dashes, at most %d characters, as in my-style."
                            .formatted(name, MAX_LENGTH));
        }
    }

    /** The package: {@code org.example.mystyle} for {@code my-style} in {@code org.example}, as packages have no dashes. */
    String packageIn(String group) {
        return (group + "." + name).replace("-", "");
    }

    /** The class name: {@code MyStyleAttention} for the attention {@code my-style}. */
    String fullClassNameFor(String kind) {
        return classNameFor(kind) + capitalised(kind);
    }

    /**
     * The class name without its kind: {@code MyStyle} for {@code my-style}. A kind at the end of the name is not repeated: {@code My} for
     * the blend {@code my-blend}.
     */
    String classNameFor(String kind) {
        String end = "-" + kind;
        String named = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
        return Arrays.stream(named.split("-")).map(ProjectName::capitalised).collect(Collectors.joining());
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
