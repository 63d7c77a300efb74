package org.atelier.cli.options;

import java.util.List;
import org.atelier.api.explain.ImagePoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of an explanation: places whose attention is shown. */
public final class ExplainOptions {

    @Option(
            names = "--word",
            paramLabel = "WORD",
            description = "A word of the prompts; shows where images show it, and where these places look; repeatable."
                    + " Default: the last word of each prompt.")
    private List<String> words = List.of();

    @Option(
            names = "--point",
            paramLabel = "X,Y",
            converter = PointConverter.class,
            description = "A place in every image, from 0,0 (top left) to 1,1; shows where it looks; repeatable."
                    + " Default: one in the corner.")
    private List<ImagePoint> points = List.of();

    public List<String> words() {
        return words;
    }

    public List<ImagePoint> points() {
        return points;
    }

    /** Reads X,Y. */
    static final class PointConverter implements ITypeConverter<ImagePoint> {

        @Override
        public ImagePoint convert(String text) {
            String[] parts = text.split(",", -1);
            if (parts.length == 2) {
                try {
                    return new ImagePoint(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
                } catch (NumberFormatException e) {
                    throw (TypeConversionException) invalid(text).initCause(e);
                }
            }
            throw invalid(text);
        }

        private static TypeConversionException invalid(String text) {
            return new TypeConversionException("must be X,Y, such as 0.5,0.25, not '%s'".formatted(text));
        }
    }
}
