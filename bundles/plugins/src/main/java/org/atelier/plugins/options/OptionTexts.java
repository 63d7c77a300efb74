package org.atelier.plugins.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.Faults;

/** A plugin's options as texts KEY=VALUE, as one option of another plugin lists them. */
public final class OptionTexts {

    private OptionTexts() {}

    /**
     * The options by name.
     *
     * @param plugin whose options they are
     * @param faults told of a text that does not read so
     */
    public static Map<String, Object> read(String plugin, List<?> texts, Faults faults) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (Object text : texts) {
            String option = text.toString();
            int equals = option.indexOf('=');
            if (equals < 1) {
                faults.add("Options of '%s' read KEY=VALUE, not '%s'.".formatted(plugin, option));
            } else {
                options.put(
                        option.substring(0, equals).strip(),
                        option.substring(equals + 1).strip());
            }
        }
        return options;
    }

    /** One text for each; the values of a list with commas. */
    public static List<String> write(Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + inWords(option.getValue()))
                .toList();
    }

    private static String inWords(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }
}
