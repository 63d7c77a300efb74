package org.atelier.api.plugin;

/**
 * An option of a plugin.
 *
 * @param name as users write it: {@code score-scale}
 * @param type {@code true or false}, {@code a whole number}, {@code a number} or {@code a text}, or several of them
 * @param range the allowed values as text, or empty if the type allows all
 * @param defaultValue the default, or empty
 * @param description one sentence, or empty
 */
public record PluginOptionDescription(
        String name, String type, String range, String defaultValue, String description) {}
