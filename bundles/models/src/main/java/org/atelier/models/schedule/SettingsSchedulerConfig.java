package org.atelier.models.schedule;

import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.models.json.ConfigValidator;
import org.atelier.models.json.Settings;

/** A {@code scheduler_config.json} that was read strictly. */
record SettingsSchedulerConfig(Settings settings) implements SchedulerConfig {

    @Override
    public String file() {
        return settings.file().toString();
    }

    @Override
    public boolean flag(String key, boolean otherwise) {
        return settings.flag(key, otherwise);
    }

    @Override
    public int integer(String key, int otherwise) {
        return settings.integer(key, otherwise);
    }

    @Override
    public double number(String key, double otherwise) {
        return settings.number(key, otherwise);
    }

    @Override
    public String text(String key, String otherwise) {
        return settings.text(key, otherwise);
    }

    @Override
    public Validator validator() {
        return new Checked(settings.validator().ignoring(DiscreteNoiseSchedule.KNOWN));
    }

    private record Checked(ConfigValidator validator) implements Validator {

        @Override
        public Validator absent(String... keys) {
            validator.absent(keys);
            return this;
        }

        @Override
        public Validator only(String key, Object... supported) {
            validator.only(key, supported);
            return this;
        }

        @Override
        public void throwIfUnsupported() {
            validator.throwIfUnsupported();
        }
    }
}
