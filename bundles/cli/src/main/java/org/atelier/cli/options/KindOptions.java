package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;

/** Options of the form KIND.NAME=VALUE. */
public final class KindOptions {

    private KindOptions() {}

    /**
     * Groups options by kind.
     *
     * @param option the name of the command-line option, such as {@code --context-option}
     * @param given the values by KIND.NAME
     * @param kinds the kinds in use
     * @param faults collects options of other forms and kinds
     */
    public static Map<String, Map<String, Object>> byKind(
            String option, Map<String, String> given, List<String> kinds, Faults faults) {
        return grouped(given, kinds, option + " requires KIND.NAME=VALUE with a kind that is in use", faults);
    }

    /**
     * Groups options by owner.
     *
     * @param given the values by OWNER.NAME
     * @param owners the owners in use
     * @param expected the start of the error message for an unknown owner
     * @param faults collects options of other forms and owners
     */
    static Map<String, Map<String, Object>> grouped(
            Map<String, String> given, List<String> owners, String expected, Faults faults) {
        Map<String, Map<String, Object>> grouped = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            int point = key.indexOf('.');
            String owner = point < 0 ? key : key.substring(0, point);
            if (point < 0 || !owners.contains(owner)) {
                faults.add("%s, not '%s=%s'.".formatted(expected, key, value));
            } else {
                grouped.computeIfAbsent(owner, any -> new LinkedHashMap<>()).put(key.substring(point + 1), value);
            }
        });
        return grouped;
    }
}
