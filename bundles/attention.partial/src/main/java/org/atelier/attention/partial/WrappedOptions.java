package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;

/** The options that are passed on to the wrapped strategy. */
final class WrappedOptions {

    private WrappedOptions() {}

    /**
     * @param strategy its name
     * @param given each KEY=VALUE, by the user's names; the values of a list with commas
     * @throws AtelierException if one is not
     */
    static Map<String, Object> of(String strategy, List<String> given) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String option : given) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new AtelierException(
                        INVALID_REQUEST, "Options of '%s' read KEY=VALUE, not '%s'.".formatted(strategy, option));
            }
            options.put(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
        return options;
    }
}
