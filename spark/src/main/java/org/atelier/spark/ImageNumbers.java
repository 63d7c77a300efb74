package org.atelier.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Numbers of images of a set.
 *
 * @param sorted ascending, without duplicates
 */
record ImageNumbers(List<Integer> sorted) {

    ImageNumbers {
        sorted = List.copyOf(new TreeSet<>(sorted));
    }

    /**
     * Parses numbers as {@code --only} has them.
     *
     * @param text numbers and ranges, such as {@code 0,4-7}
     */
    static ImageNumbers parse(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",")) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return new ImageNumbers(numbers);
    }

    static ImageNumbers union(Collection<ImageNumbers> parts) {
        return new ImageNumbers(
                parts.stream().flatMap(part -> part.sorted.stream()).toList());
    }

    int count() {
        return sorted.size();
    }

    boolean contains(int number) {
        return sorted.contains(number);
    }

    /** As {@code --only} takes them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sorted.size(); i++) {
            int first = sorted.get(i);
            int last = first;
            while (i + 1 < sorted.size() && sorted.get(i + 1) == last + 1) {
                last++;
                i++;
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
        }
        return text.toString();
    }
}
