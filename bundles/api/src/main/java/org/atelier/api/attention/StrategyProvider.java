package org.atelier.api.attention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.osgi.annotation.versioning.ProviderType;

/** Provides strategies to a strategy that wraps another. They remain available while the set is generated. */
@ProviderType
public interface StrategyProvider {

    /**
     * Starts a strategy.
     *
     * @param name of the strategy, {@code shared}
     * @param options by the user's names, as in a request; the others have their defaults
     * @return to be closed by the caller when it is deactivated; to be used on the generation thread
     * @throws AtelierException if there is no strategy of that name, it does not accept the options, or
     *     it does not start
     */
    StrategyHandle provide(String name, Map<String, Object> options);

    /**
     * As {@link #provide(String, Map)}, with the options as a strategy that wraps another receives them.
     *
     * @param options strings KEY=VALUE; the values of a list are separated by commas
     * @throws AtelierException also if a string has another form
     */
    default StrategyHandle provide(String name, List<String> options) {
        Map<String, Object> read = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "Options of '%s' must have the form KEY=VALUE, not '%s'.".formatted(name, option));
            }
            read.put(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
        return provide(name, read);
    }
}
