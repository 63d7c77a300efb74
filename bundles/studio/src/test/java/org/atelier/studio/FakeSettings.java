package org.atelier.studio;

import java.lang.annotation.Annotation;

/** The studio's configuration. */
record FakeSettings(int drain_timeout, int start_timeout) implements PluginLeases.Settings {

    @Override
    public Class<? extends Annotation> annotationType() {
        return PluginLeases.Settings.class;
    }
}
