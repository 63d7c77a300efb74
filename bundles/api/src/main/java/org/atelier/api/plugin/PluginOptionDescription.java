package org.atelier.api.plugin;

/**
 * What may be set of a plugin.
 *
 * @param name as a user writes it: {@code score-scale}
 * @param type {@code true or false}, {@code a whole number}, {@code a number} or {@code a text}, or several of them
 * @param range in words, or empty where the type says all
 * @param standard what holds unless something else is said, or empty
 * @param description in a sentence, or empty
 */
public record PluginOptionDescription(String name, String type, String range, String standard, String description) {}
