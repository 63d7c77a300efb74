package org.atelier.templates;

import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Names that Java and Maven both take. */
final class JavaNames {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

    private JavaNames() {}

    /**
     * Refuses what is no name of a package.
     *
     * @param what it is, for the user
     * @throws AtelierException {@code INVALID_REQUEST}
     */
    static void check(String what, String name) {
        if (!PLAIN.matcher(name).matches() || !SourceVersion.isName(name)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The %s cannot be '%s': take words that Java does not keep for itself, joined by dots, as in org.example."
                            .formatted(what, name));
        }
    }
}
