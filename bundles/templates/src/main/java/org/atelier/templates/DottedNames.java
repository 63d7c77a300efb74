package org.atelier.templates;

import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** The names by which Maven and Java find things: words joined by dots. */
final class DottedNames {

    private static final Pattern GROUP = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

    private DottedNames() {}

    /** @throws AtelierException {@code INVALID_REQUEST} for what is no group of Maven's */
    static void checkGroup(String name) {
        if (!GROUP.matcher(name).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The group cannot be '%s': take words of letters and digits joined by dots, as in org.example."
                            .formatted(name));
        }
    }

    /** @throws AtelierException {@code INVALID_REQUEST} for what is no package of Java's */
    static void checkPackage(String name) {
        boolean ofJava = (name + ".").startsWith("java.");
        if (!PACKAGE.matcher(name).matches() || !SourceVersion.isName(name) || ofJava) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The package cannot be '%s': name one with --package, of words that Java does not keep for itself, joined by dots, as in org.example."
                            .formatted(name));
        }
    }
}
