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
        Map<String, Map<String, Object>> byKind = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            int point = key.indexOf('.');
            String kind = point < 0 ? key : key.substring(0, point);
            if (point < 0 || !kinds.contains(kind)) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "%s takes KIND.NAME=VALUE for a kind that is given, not '%s=%s'."
                                .formatted(option, key, value));
            }
            byKind.computeIfAbsent(kind, any -> new LinkedHashMap<>()).put(key.substring(point + 1), value);
        });
        return byKind;
    }
}
