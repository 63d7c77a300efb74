package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.pictures.SourceImage;
import org.atelier.studio.input.InputFile;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputKind;

/** An input image that can be decoded: its hash and its pixels come from the same bytes. */
record VerifiedImage(InputFile file) {

    /**
     * Reads an image, unless that was done before, and checks its header.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is not a PNG, JPEG or WebP, or too large
     */
    static VerifiedImage read(Path path, InputFiles inputs) {
        VerifiedImage image = new VerifiedImage(inputs.read(path, InputKind.IMAGE));
        image.open();
        return image;
    }

    /**
     * The hash of an image that can be decoded and has not changed.
     *
     * @param expected hash; {@code null} for any
     * @param option by which the image is named: {@code --reference}
     * @param faults collects that it cannot be decoded, or has changed
     * @return 64 hexadecimal digits; {@code expected} where it cannot be decoded
     */
    static String sha256(Path path, String expected, String option, InputFiles inputs, Faults faults) {
        try {
            String found = read(path, inputs).file.sha256();
            if (expected != null && !expected.equals(found)) {
                faults.add(new AtelierException(
                        INPUT_UNREADABLE,
                        "%s has changed since the request was resolved; bring the old image back, or name it anew with %s."
                                .formatted(path, option)));
            }
            return found;
        } catch (AtelierException e) {
            faults.add(e);
            return expected;
        }
    }

    SourceImage open() {
        return SourceImage.open(file.source(), file.copy());
    }
}
