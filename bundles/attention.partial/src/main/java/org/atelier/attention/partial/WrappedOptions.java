package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;

/** The options of the wrapped strategy. */
final class WrappedOptions {

    private WrappedOptions() {}

    /**
     * Parses the options.
     *
     * @param strategy name of the wrapped strategy
     * @param given strings KEY=VALUE; the values of a list are separated by commas
     * @throws AtelierException if a string has another form
     */
    static Map<String, Object> of(String strategy, List<String> given) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String option : given) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new AtelierException(
                        INVALID_REQUEST,
                        "Options of '%s' must have the form KEY=VALUE, not '%s'.".formatted(strategy, option));
            }
            options.put(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
        return options;
    }
}
