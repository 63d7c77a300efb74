package org.atelier.plugins;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.osgi.service.component.ComponentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A duration from the configuration. If it is invalid, a warning is logged and the default is used. */
public final class DurationSetting {

    private static final Logger LOG = LoggerFactory.getLogger(DurationSetting.class);

    private DurationSetting() {}

    /**
     * The configured duration, or the default.
     *
     * @param configured returns seconds, or throws {@link ComponentException} if the value is not a whole number
     * @param pid of the configuration
     * @param key in the configuration file
     * @param least minimum in seconds
     * @param defaultSeconds used if the value is invalid
     */
    public static Duration of(IntSupplier configured, String pid, String key, int least, int defaultSeconds) {
        try {
            int seconds = configured.getAsInt();
            if (seconds >= least) {
                return Duration.ofSeconds(seconds);
            }
            LOG.warn("{}.cfg: {} = {} is less than {}; {} is used.", pid, key, seconds, least, defaultSeconds);
        } catch (ComponentException e) {
            LOG.warn("{}.cfg: {} is not a whole number; {} is used.", pid, key, defaultSeconds);
        }
        return Duration.ofSeconds(defaultSeconds);
    }
}
