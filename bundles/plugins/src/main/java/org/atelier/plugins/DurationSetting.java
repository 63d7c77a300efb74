package org.atelier.plugins;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.osgi.service.component.ComponentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A time of the studio's configuration. One that is none keeps no set from being drawn: the log tells of it. */
public final class DurationSetting {

    private static final Logger LOG = LoggerFactory.getLogger(DurationSetting.class);

    private DurationSetting() {}

    /**
     * @param configured throws where it is no whole number
     * @param key by which the operator knows it
     * @param least that it may be
     * @param otherwise what it is where it is none
     */
    public static Duration of(IntSupplier configured, String key, int least, int otherwise) {
        try {
            int seconds = configured.getAsInt();
            if (seconds >= least) {
                return Duration.ofSeconds(seconds);
            }
            LOG.warn(
                    "{}.cfg: {} = {} is less than {}; {} is taken.",
                    StudioSettings.PID,
                    key,
                    seconds,
                    least,
                    otherwise);
        } catch (ComponentException e) {
            LOG.warn("{}.cfg: {} is no whole number; {} is taken.", StudioSettings.PID, key, otherwise);
        }
        return Duration.ofSeconds(otherwise);
    }
}
