package org.atelier.api;

/** The service properties by which plugins are found. */
public final class Plugins {

    /** The name by which a user asks for a plugin: lower case, unique among its kind; for example {@code shared}. */
    public static final String NAME = "atelier.name";

    private Plugins() {}
}
