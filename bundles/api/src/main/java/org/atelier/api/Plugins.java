package org.atelier.api;

import java.util.Locale;

/** The service properties by which plugins are found, and how their options are called. */
public final class Plugins {

    /** The name by which a user asks for a plugin: lower case, unique among its kind; for example {@code shared}. */
    public static final String NAME = "atelier.name";

    private Plugins() {}

    /** What a user calls an option: {@code score-scale} for the id {@code scoreScale} of its metatype. */
    public static String optionName(String id) {
        return id.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
