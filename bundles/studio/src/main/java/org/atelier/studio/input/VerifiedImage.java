package org.atelier.studio.input;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.pictures.SourceImage;

/** An input image whose hash and pixels come from the same bytes. */
public record VerifiedImage(InputFile file) {

    /**
     * Reads an image, unless it was read before, and checks its header.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is not a PNG, JPEG or WebP image, or is too large
     */
    public static VerifiedImage read(Path path, InputFiles inputs) {
        VerifiedImage image = new VerifiedImage(inputs.read(path, InputKind.IMAGE));
        image.open();
        return image;
    }

    /**
     * Returns the hash of an image, and checks that it can be decoded and has not changed.
     *
     * @param expected the expected hash; {@code null} for any
     * @param option the option that names the image, such as {@code --reference}
     * @param faults collects an image that cannot be decoded or has changed
     * @return 64 hexadecimal digits; {@code expected} if the image cannot be decoded
     */
    public static String sha256(Path path, String expected, String option, InputFiles inputs, Faults faults) {
        try {
            String found = read(path, inputs).file.sha256();
            if (expected != null && !expected.equals(found)) {
                faults.add(new AtelierException(
                        INPUT_UNREADABLE,
                        "%s has changed since the request was resolved; restore the old image, or give the new one with %s."
                                .formatted(path, option)));
            }
            return found;
        } catch (AtelierException e) {
            faults.add(e);
            return expected;
        }
    }

    public SourceImage open() {
        return SourceImage.open(file.source(), file.copy());
    }
}
