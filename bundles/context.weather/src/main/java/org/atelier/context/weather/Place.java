package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;

/** A place as the user gives it: coordinates or a name. */
sealed interface Place {

    /** Degrees north and east. */
    record Coordinates(double latitude, double longitude) implements Place {}

    /**
     * A town.
     *
     * @param name {@code Bergen}
     * @param regions countries, country codes or regions that distinguish it from others with the same name: {@code NO}
     */
    record Town(String name, List<String> regions) implements Place {

        /** Makes defensive copies. */
        public Town {
            regions = List.copyOf(regions);
        }

        /** {@code Bergen,NO}. */
        String query() {
            return regions.isEmpty() ? name : name + "," + String.join(",", regions);
        }
    }

    /** Two numbers separated by a comma. */
    Pattern COORDINATES = Pattern.compile("([-+]?\\d+(?:\\.\\d+)?)\\s*,\\s*([-+]?\\d+(?:\\.\\d+)?)");

    int MAX_NAME_LENGTH = 120;

    /**
     * Parses a place.
     *
     * @param text {@code Bergen,NO} or {@code 60.39,5.32}
     * @throws AtelierException INPUT_UNREADABLE if it is neither
     */
    static Place of(String text) {
        Matcher coordinates = COORDINATES.matcher(text.strip());
        if (coordinates.matches()) {
            return coordinates(
                    text, Double.parseDouble(coordinates.group(1)), Double.parseDouble(coordinates.group(2)));
        }
        List<String> parts =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        boolean named = parts.stream().noneMatch(String::isEmpty)
                && parts.get(0).codePoints().anyMatch(Character::isLetter)
                && text.length() <= MAX_NAME_LENGTH
                && text.codePoints().noneMatch(Character::isISOControl);
        if (!named) {
            throw fault(text, "is not valid; give a town as in \"Bergen,NO\" or coordinates as in \"60.39,5.32\"");
        }
        return new Town(parts.get(0), parts.subList(1, parts.size()));
    }

    private static Coordinates coordinates(String text, double latitude, double longitude) {
        if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
            throw fault(text, "is out of range; give the latitude, -90 to 90, then the longitude, -180 to 180");
        }
        return new Coordinates(latitude, longitude);
    }

    private static AtelierException fault(String text, String why) {
        return new AtelierException(INPUT_UNREADABLE, "The place '%s' %s.".formatted(text.strip(), why));
    }
}
