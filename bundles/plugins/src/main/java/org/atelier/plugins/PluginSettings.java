package org.atelier.plugins;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Timeouts for plugins. */
@ObjectClassDefinition(name = "Plugins")
public @interface PluginSettings {

    /** The PID of the configuration. */
    String PID = "org.atelier.plugins";

    @AttributeDefinition(
            name = "Drain timeout",
            description = "Seconds that a running set may continue to use a plugin that is being withdrawn.",
            min = "0",
            max = "86400")
    int drain_timeout() default 600;

    @AttributeDefinition(
            name = "Start timeout",
            description = "Seconds that a plugin may take to start.",
            min = "1",
            max = "3600")
    int start_timeout() default 60;
}
