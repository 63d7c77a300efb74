package org.atelier.plugins;

import java.lang.annotation.Annotation;

/** The studio's configuration. */
public record FakeSettings(int drain_timeout, int start_timeout, int checkpoint_seconds) implements StudioSettings {

    @Override
    public Class<? extends Annotation> annotationType() {
        return StudioSettings.class;
    }
}
