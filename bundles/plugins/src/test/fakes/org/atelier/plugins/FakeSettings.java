package org.atelier.plugins;

import java.lang.annotation.Annotation;

/** The configuration of plugins. */
public record FakeSettings(int drain_timeout, int start_timeout) implements PluginSettings {

    @Override
    public Class<? extends Annotation> annotationType() {
        return PluginSettings.class;
    }
}
