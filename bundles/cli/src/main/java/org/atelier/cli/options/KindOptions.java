package org.atelier.cli.options;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;

/** Options that are written KIND.NAME=VALUE. */
public final class KindOptions {

    private KindOptions() {}

    /**
     * Sorts options by kind.
     *
     * @param option by which they are given: {@code --context-option}
     * @param given by KIND.NAME
     * @param kinds that are given
     */
    public static Map<String, Map<String, Object>> byKind(
            String option, Map<String, String> given, List<String> kinds) {
        return sorted(given, kinds, option + " takes KIND.NAME=VALUE for a kind that is given");
    }

    /**
     * Sorts options by what they belong to.
     *
     * @param given by OWNER.NAME
     * @param owners that are given
     * @param expected the beginning of a sentence, for an option of another owner
     */
    static Map<String, Map<String, Object>> sorted(Map<String, String> given, List<String> owners, String expected) {
        Map<String, Map<String, Object>> sorted = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            int point = key.indexOf('.');
            String owner = point < 0 ? key : key.substring(0, point);
            if (point < 0 || !owners.contains(owner)) {
                throw new AtelierException(INVALID_REQUEST, "%s, not '%s=%s'.".formatted(expected, key, value));
            }
            sorted.computeIfAbsent(owner, any -> new LinkedHashMap<>()).put(key.substring(point + 1), value);
        });
        return sorted;
    }
}
