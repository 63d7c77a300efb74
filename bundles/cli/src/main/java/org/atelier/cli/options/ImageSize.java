package org.atelier.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Width and height, written {@code 1024x768}.
 *
 * @param width pixels
 * @param height pixels
 */
public record ImageSize(int width, int height) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})[xX×](\\d{1,6})");

    public static final class Converter implements ITypeConverter<ImageSize> {

        @Override
        public ImageSize convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is not WIDTHxHEIGHT, such as 1024x768");
            }
            return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }
}
