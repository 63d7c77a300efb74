package org.atelier.templates;

import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Validates names of Maven groups and Java packages. */
final class DottedNames {

    private static final Pattern GROUP = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

    private DottedNames() {}

    /** @throws AtelierException {@code INVALID_REQUEST} if it is not a valid Maven group */
    static void checkGroup(String name) {
        if (!GROUP.matcher(name).matches()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The group '%s' is not valid; use words of letters and digits joined by dots, as in org.example."
                            .formatted(name));
        }
    }

    /** @throws AtelierException {@code INVALID_REQUEST} if it is not a valid Java package */
    static void checkPackage(String name) {
        boolean inJavaNamespace = (name + ".").startsWith("java.");
        if (!PACKAGE.matcher(name).matches() || !SourceVersion.isName(name) || inJavaNamespace) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The package '%s' is not valid; give one with --package, of words joined by dots that are not Java keywords, as in org.example."
                            .formatted(name));
        }
    }
}
