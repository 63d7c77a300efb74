package org.atelier.web.a1111;

import java.util.Base64;
import java.util.regex.Pattern;
import org.atelier.web.http.ApiError;

/** Images in base64, with or without the prefix of a data URL. */
final class EncodedImages {

    private static final Pattern PREFIX = Pattern.compile("^data:[^,]{0,200};base64,");

    private EncodedImages() {}

    /**
     * Returns the bytes of an image.
     *
     * @param name of the field, for error messages
     * @throws ApiError if the text is not base64, or an address, which is not fetched
     */
    static byte[] decode(String name, String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            throw FormFields.invalid(name, "addresses are not fetched; send the image in base64");
        }
        try {
            String encoded = PREFIX.matcher(text).replaceFirst("").replaceAll("\\s", "");
            byte[] bytes = Base64.getDecoder().decode(encoded);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw FormFields.invalid(name, "is not base64");
        }
        throw FormFields.invalid(name, "is empty");
    }
}
