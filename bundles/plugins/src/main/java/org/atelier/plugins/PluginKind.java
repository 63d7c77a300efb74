package org.atelier.plugins;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.sampling.Sampler;

/**
 * A kind of plugin: what its component factories are called and make. A constant here, named in {@link #ALL}, is all
 * that a new kind needs: it then has a registry with leases and options, and is listed, tried and diagnosed.
 *
 * @param title what a user calls the kind: {@code attention}
 * @param factory value of the property {@code component.factory} by which plugins of the kind are found
 * @param holder what leases such a plugin
 * @param probe called once on every instance that was started, so that it can refuse what it was configured with
 * @param <P> what the factories make
 */
public record PluginKind<P>(String title, String factory, Holder holder, Consumer<P> probe) {

    /** What a plugin works for, from the start of its lease to the end. */
    public enum Holder {
        /** A set, whose user chose the plugin. */
        SET,
        /** An evaluation, which uses those that its user chose, else every plugin of the kind. */
        EVALUATION
    }

    /** One that wraps another says only when it is asked that it does not find it. */
    public static final PluginKind<AttentionStrategy> ATTENTION =
            new PluginKind<>("attention", AttentionStrategy.FACTORY, Holder.SET, AttentionStrategy::coupling);

    /** How several references become one. */
    public static final PluginKind<StyleBlend> BLEND = new PluginKind<>("blend", StyleBlend.FACTORY);

    /** What turns an input into text. */
    public static final PluginKind<ContextSource> CONTEXT = new PluginKind<>("context", ContextSource.FACTORY);

    /** What shortens the texts of contexts. */
    public static final PluginKind<TextSummarizer> SUMMARY = new PluginKind<>("summary", TextSummarizer.FACTORY);

    /** What prepares an image for a ControlNet. */
    public static final PluginKind<ControlPreprocessor> CONTROL =
            new PluginKind<>("control", ControlPreprocessor.FACTORY);

    /** How noise becomes an image. */
    public static final PluginKind<Sampler> SAMPLER = new PluginKind<>("sampler", Sampler.FACTORY);

    /** What measures sets. */
    public static final PluginKind<SetMetric> METRIC =
            new PluginKind<>("metric", SetMetric.FACTORY, Holder.EVALUATION, metric -> {});

    /** Every kind that there is. */
    static final List<PluginKind<?>> ALL = List.of(ATTENTION, BLEND, CONTEXT, SUMMARY, CONTROL, SAMPLER, METRIC);

    /** A kind that sets use and that refuses nothing once it is started. */
    public PluginKind(String title, String factory) {
        this(title, factory, Holder.SET, plugin -> {});
    }

    /** The kind whose component factories have this name; empty for a factory of something else. */
    static Optional<PluginKind<?>> ofFactory(String factory) {
        return ALL.stream().filter(kind -> kind.factory.equals(factory)).findFirst();
    }

    /** The kind of this title; empty for none. */
    static Optional<PluginKind<?>> ofTitle(String title) {
        return ALL.stream().filter(kind -> kind.title.equals(title)).findFirst();
    }
}
