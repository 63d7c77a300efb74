package org.atelier.api.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A model's {@code scheduler_config.json}. A key with the value {@code null} counts as absent; every getter throws
 * {@link AtelierException} ({@link Code#MODEL_INVALID}) if the value is of another type.
 */
@ProviderType
public interface SchedulerConfig {

    /** The file's name, for error messages. */
    String file();

    /** A boolean, or the default if the key is absent. */
    boolean flag(String key, boolean defaultValue);

    /** An integer, or the default if the key is absent. */
    int integer(String key, int defaultValue);

    /** A finite number, or the default if the key is absent. */
    double number(String key, double defaultValue);

    /** A string, or the default if the key is absent. */
    String text(String key, String defaultValue);

    /** Returns a validator that rejects settings which a sampler does not support. */
    Validator validator();

    /** Collects the supported settings. Keys that concern only other samplers of diffusers need not be listed. */
    @ProviderType
    interface Validator {

        /** Requires keys to be absent, {@code null}, {@code false} or empty. */
        Validator absent(String... keys);

        /**
         * Requires a key to be absent, {@code null} or one of the given values.
         *
         * @param supported strings, numbers or booleans
         */
        Validator only(String key, Object... supported);

        /**
         * Checks the configuration.
         *
         * @throws AtelierException {@link Code#MODEL_INVALID} that lists all unsupported settings
         */
        void throwIfUnsupported();
    }
}
