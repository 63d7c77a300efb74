package org.atelier.templates;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * What a plugin and its project are called.
 *
 * @param name lower-case words joined by dashes
 */
record ProjectName(String name) {

    private static final int LONGEST = 60;
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws AtelierException {@code INVALID_REQUEST} for a name that a plugin cannot have */
    ProjectName {
        if (name.length() > LONGEST || !WORDS.matcher(name).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "A plugin cannot be called '%s'; take lower-case words of letters and digits joined by dashes, at most %d characters, as in my-style."
                            .formatted(name, LONGEST));
        }
    }

    /** {@code org.example.mystyle} for {@code my-style} in {@code org.example}: a package has no dashes. */
    String packageIn(String group) {
        return (group + "." + name).replace("-", "");
    }

    /** What the class is called: {@code MyStyleAttention} for the attention {@code my-style}. */
    String fullClassNameFor(String kind) {
        return classNameFor(kind) + capitalised(kind);
    }

    /**
     * What the class is called before its kind: {@code MyStyle} for {@code my-style}. The kind that ends the name is
     * not said twice: {@code My} for the blend {@code my-blend}.
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
