package org.atelier.api.set;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;

/**
 * Some images of a set, by their numbers: 0 is {@code 000.png}.
 *
 * @param ranges at least one; in this record ascending, without overlaps and gaps of zero
 */
public record ImageSelection(List<Range> ranges) {

    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?\\s*");

    /**
     * Consecutive images.
     *
     * @param first number, at least 0
     * @param last number, at least {@code first}
     */
    public record Range(int first, int last) {

        /** Checks the order. */
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("Not a range: " + first + "-" + last);
            }
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** Sorts and joins the ranges. */
    public ImageSelection {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("A selection has at least one image.");
        }
        ranges = joined(ranges);
    }

    /** The images of one range. */
    public static ImageSelection of(int first, int last) {
        return new ImageSelection(List.of(new Range(first, last)));
    }

    /**
     * Reads numbers and ranges such as {@code 0,4-7}.
     *
     * @throws AtelierException {@code INVALID_REQUEST} if it is anything else
     */
    public static ImageSelection parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "'%s' is not a selection of images; give numbers and ranges from 0, such as 4-7 or 0,4-7."
                                .formatted(text));
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "'%s' is not a range of images; give the smaller number first: %d-%d."
                                .formatted(part.strip(), last, first));
            }
            ranges.add(new Range(first, last));
        }
        return new ImageSelection(ranges);
    }

    private static List<Range> joined(List<Range> ranges) {
        List<Range> joined = new ArrayList<>();
        for (Range next :
                ranges.stream().sorted(Comparator.comparingInt(Range::first)).toList()) {
            int previous = joined.size() - 1;
            if (previous >= 0 && next.first() <= joined.get(previous).last() + 1) {
                Range before = joined.get(previous);
                joined.set(previous, new Range(before.first(), Math.max(before.last(), next.last())));
            } else {
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    /** Whether it has an image. */
    public boolean contains(int number) {
        return ranges.stream().anyMatch(range -> range.first() <= number && number <= range.last());
    }

    /** The numbers of the images, ascending. */
    public IntStream numbers() {
        return ranges.stream().flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()));
    }

    /** How many images it has. */
    public int count() {
        return ranges.stream()
                .mapToInt(range -> range.last() - range.first() + 1)
                .sum();
    }

    /** The largest number. */
    public int last() {
        return ranges.get(ranges.size() - 1).last();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
