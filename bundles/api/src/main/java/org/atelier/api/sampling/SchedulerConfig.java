package org.atelier.api.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A model's {@code scheduler_config.json}, which asks something of a sampler. A key whose value is {@code null} counts as
 * absent; every getter throws {@link AtelierException} ({@link Code#MODEL_INVALID}) where the value is of another kind.
 */
@ProviderType
public interface SchedulerConfig {

    /** Names the file, for errors about it. */
    String file();

    /** True or false, or {@code otherwise} where the key is absent. */
    boolean flag(String key, boolean otherwise);

    /** A whole number, or {@code otherwise} where the key is absent. */
    int integer(String key, int otherwise);

    /** A finite number, or {@code otherwise} where the key is absent. */
    double number(String key, double otherwise);

    /** A string, or {@code otherwise} where the key is absent. */
    String text(String key, String otherwise);

    /** Begins a sampler's check that nothing is asked of it which it does not do. */
    Support supporting();

    /** What a sampler does; keys that only concern other samplers of diffusers need not be named. */
    @ProviderType
    interface Support {

        /** Keys that must be absent, {@code null}, {@code false} or empty. */
        Support absent(String... keys);

        /**
         * A key that must be absent, {@code null} or one of some values.
         *
         * @param supported strings, numbers or booleans
         */
        Support only(String key, Object... supported);

        /**
         * Ends the check.
         *
         * @throws AtelierException {@link Code#MODEL_INVALID} that names every setting which is not supported
         */
        void refuseOthers();
    }
}
