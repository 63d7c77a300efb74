package org.atelier.studio.resolve;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.pictures.SourcePicture;

/** A picture that a request names, and knows again by its hash. */
final class VerifiedImage {

    private VerifiedImage() {}

    /**
     * The hash of a picture that can be read.
     *
     * @param expected that it must have; {@code null} for any
     * @param option by which it is named anew: {@code --reference}
     * @param faults told of a picture that cannot be read or has changed
     * @return 64 hexadecimal digits; {@code expected} where it cannot be read
     */
    static String sha256(Path file, String expected, String option, Faults faults) {
        try {
            String found = SourcePicture.open(file).sha256();
            faults.unless(
                    expected == null || expected.equals(found),
                    "%s has changed since the request was settled; bring the old picture back, or name it anew with %s."
                            .formatted(file, option));
            return found;
        } catch (AtelierException e) {
            faults.add(e);
            return expected;
        }
    }
}
