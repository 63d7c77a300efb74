package org.atelier.plugins.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.Faults;

/** A plugin's options as strings KEY=VALUE, for the list option of a plugin that wraps it. */
public final class OptionTexts {

    private OptionTexts() {}

    /**
     * Parses the options.
     *
     * @param plugin name of the plugin, for error messages
     * @param faults collects strings of another form
     */
    public static Map<String, Object> read(String plugin, List<?> texts, Faults faults) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (Object text : texts) {
            String option = text.toString();
            int equals = option.indexOf('=');
            if (equals < 1) {
                faults.add("Options of '%s' must have the form KEY=VALUE, not '%s'.".formatted(plugin, option));
            } else {
                options.put(
                        option.substring(0, equals).strip(),
                        option.substring(equals + 1).strip());
            }
        }
        return options;
    }

    /** Formats each option as a string; the values of a list are joined by commas. */
    public static List<String> write(Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + text(option.getValue()))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }
}
