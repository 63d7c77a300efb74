package org.atelier.cli.options;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ImageSelection;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options, with error messages for users. */
public final class Converters {

    private Converters() {}

    /** Registers the converters for a command and its subcommands. */
    public static void register(CommandLine commandLine) {
        commandLine.registerConverter(Integer.class, text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        commandLine.registerConverter(Long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE));
        commandLine.registerConverter(Double.class, Converters::number);
        commandLine.registerConverter(Path.class, Converters::path);
        commandLine.registerConverter(ImageSelection.class, Converters::images);
    }

    private static ImageSelection images(String text) {
        try {
            return ImageSelection.parse(text);
        } catch (AtelierException e) {
            throw new TypeConversionException(e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    private static long whole(String text, long least, long most) {
        BigInteger number;
        try {
            number = new BigInteger(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new TypeConversionException("'%s' is not a whole number from %d to %d".formatted(text, least, most));
        }
        return number.longValue();
    }

    private static Double number(String text) {
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            String advice = text.contains(",") ? "; write a decimal point, not a comma" : "";
            throw new TypeConversionException("'" + text + "' is not a number" + advice);
        }
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the name is empty; give a file or folder, or omit the option");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is not a valid file name");
        }
    }
}
