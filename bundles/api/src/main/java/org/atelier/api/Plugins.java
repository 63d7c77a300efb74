package org.atelier.api;

import java.util.Locale;

/** The service properties of plugins, and the names of their options. */
public final class Plugins {

    /** The name by which a user selects a plugin: lower case, unique within its kind; for example {@code shared}. */
    public static final String NAME = "atelier.name";

    /**
     * Of an attention strategy, the prefix of an option's name: the option's default for a set with reference images.
     * {@code atelier.with-references.score-shift=0.5}.
     */
    public static final String WITH_REFERENCES = "atelier.with-references.";

    /**
     * Of an attention strategy, the prefix of an option's name: the option's default for a set of panoramas.
     * {@code atelier.with-panoramas.share-group-norm=true}.
     */
    public static final String WITH_PANORAMAS = "atelier.with-panoramas.";

    /**
     * Of an attention strategy, one value for each strength, the weakest first: a preset of several options, which
     * apply unless the user sets them. {@code atelier.strength=subtle: score-scale=1.0, level=0.25}.
     */
    public static final String STRENGTH = "atelier.strength";

    /** As {@link #STRENGTH}, for strengths that have other values for a set with reference images. */
    public static final String STRENGTH_WITH_REFERENCES = "atelier.strength.with-references";

    /**
     * Of an attention strategy that wraps another: the option that names the wrapped strategy; for example {@code of}.
     */
    public static final String WRAPPED = "atelier.wrapped";

    /**
     * Of an attention strategy that wraps another: the option that lists the wrapped strategy's options, each as a
     * string KEY=VALUE. It receives all of them, resolved as for the wrapped strategy alone.
     */
    public static final String WRAPPED_OPTIONS = "atelier.wrapped.options";

    /**
     * Of an attention strategy: an option that has no effect, or none unless the request sets another option. A
     * request that sets it gets a note. {@code atelier.without-effect=share-layer-norm}, {@code
     * atelier.without-effect=exclude-weight unless exclude}.
     */
    public static final String WITHOUT_EFFECT = "atelier.without-effect";

    /**
     * Of a context source, summarizer, control preprocessor or metric that runs a model: the option that names the
     * model; for example {@code model}. With {@code --pull} a missing model is fetched.
     */
    public static final String MODEL = "atelier.model";

    /**
     * Of a plugin with a {@link #MODEL}: names of models in order of preference, one value each. The default of the option
     * is the first that is installed, else the first. {@code atelier.model.defaults=clip-vit-b32}.
     */
    public static final String MODEL_DEFAULTS = "atelier.model.defaults";

    /**
     * Of a context source: the type of its input. With {@link #FILE} the input is a file name: the plugin receives the
     * absolute path of a copy, and a request file may not name a file outside its folder. Otherwise the plugin receives
     * the input as the user wrote it.
     */
    public static final String INPUT = "atelier.input";

    /**
     * Of a plugin whose options are configured under another PID than its component's name, so that several plugins of a
     * bundle share a configuration.
     */
    public static final String CONFIGURATION = "atelier.configuration";

    /** The value of {@link #INPUT} for a file name: {@code atelier.input=file}. */
    public static final String FILE = "file";

    private Plugins() {}

    /**
     * A property of a blend that keeps references separate, with the value {@code true}: attention that shares all images
     * equally cannot weight them, and such a request is refused before any work.
     */
    public static final String SEPARATE = "atelier.separate";

    /** The user's name of an option: {@code score-scale} for the metatype id {@code scoreScale}. */
    public static String optionName(String id) {
        return id.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
