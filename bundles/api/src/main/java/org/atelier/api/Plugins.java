package org.atelier.api;

import java.util.Locale;

/** The service properties by which plugins are found, and how their options are called. */
public final class Plugins {

    /** The name by which a user asks for a plugin: lower case, unique among its kind; for example {@code shared}. */
    public static final String NAME = "atelier.name";

    /**
     * On an attention, before the name of an option: the option's default where a set takes its style from an image.
     * {@code atelier.with-references.score-shift=0.5}.
     */
    public static final String WITH_REFERENCES = "atelier.with-references.";

    /**
     * On an attention, once for each strength that it has, the weakest first: a name for several of its options, which
     * the strength sets where the user does not. {@code atelier.strength=subtle: score-scale=1.0, level=0.25}.
     */
    public static final String STRENGTH = "atelier.strength";

    /** As {@link #STRENGTH}, for a set that takes its style from an image, where that strength has other values. */
    public static final String STRENGTH_WITH_REFERENCES = "atelier.strength.with-references";

    /** On an attention that wraps another: its option that names the other; for example {@code of}. */
    public static final String WRAPPED = "atelier.wrapped";

    /**
     * On an attention that wraps another: its option that lists the other's, each as a text KEY=VALUE. A set gives it
     * all of them, settled as they would be for the other alone.
     */
    public static final String WRAPPED_OPTIONS = "atelier.wrapped.options";

    /**
     * On a plugin that runs a model of its own, a context source, a summarizer, a control preprocessor or a metric: its
     * option that names the model; for example {@code model}. By it a model that is missing is fetched where the user asks
     * for that.
     */
    public static final String MODEL = "atelier.model";

    /**
     * On what puts an input into words: what the input is. {@link #FILE} where it is the name of a file, which then
     * reaches the plugin as the absolute path of a copy; a request file may name none outside its folder. Anything
     * else, or nothing, is handed over as the user wrote it.
     */
    public static final String INPUT = "atelier.input";

    /** The {@link #INPUT} that is the name of a file: {@code atelier.input=file}. */
    public static final String FILE = "file";

    private Plugins() {}

    /** What a user calls an option: {@code score-scale} for the id {@code scoreScale} of its metatype. */
    public static String optionName(String id) {
        return id.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
