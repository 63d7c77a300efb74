package org.atelier.plugins;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.TextSummarizer;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.api.metric.SetMetric;
import org.atelier.api.sampling.Sampler;
import org.atelier.plugins.checked.CheckedBlend;
import org.atelier.plugins.checked.CheckedContextSource;
import org.atelier.plugins.checked.CheckedMetric;
import org.atelier.plugins.checked.CheckedPreprocessor;
import org.atelier.plugins.checked.CheckedSampler;
import org.atelier.plugins.checked.CheckedStrategy;
import org.atelier.plugins.checked.CheckedSummarizer;
import org.atelier.plugins.checked.PluginCalls;

/**
 * A kind of plugin. To add a kind, add a constant to {@link #ALL}: the kind then has a registry with leases and
 * options, and is included in listings, trials and health checks.
 *
 * @param title the user's name of the kind: {@code attention}
 * @param factory value of the property {@code component.factory} of its plugins
 * @param contract the interface of its plugins
 * @param holder what leases its plugins
 * @param checked wraps a plugin, so that its faults name it
 * @param probe called once on every started instance, so that it can reject its configuration
 * @param <P> type of the plugins
 */
public record PluginKind<P>(
        String title,
        String factory,
        Class<P> contract,
        Holder holder,
        BiFunction<PluginCalls, P, P> checked,
        Consumer<P> probe) {

    /** What uses a plugin during its lease. */
    public enum Holder {
        /** A set. */
        SET,
        /** An evaluation, which uses the selected plugins, else every plugin of the kind. */
        EVALUATION
    }

    /** The probe calls {@code coupling}, because a strategy that wraps another looks it up only then. */
    public static final PluginKind<AttentionStrategy> ATTENTION = new PluginKind<>(
            "attention",
            AttentionStrategy.FACTORY,
            AttentionStrategy.class,
            Holder.SET,
            CheckedStrategy::new,
            AttentionStrategy::coupling);

    /** Blends several references. */
    public static final PluginKind<StyleBlend> BLEND =
            new PluginKind<>("blend", StyleBlend.FACTORY, StyleBlend.class, CheckedBlend::new);

    /** Turns an input into text. */
    public static final PluginKind<ContextSource> CONTEXT =
            new PluginKind<>("context", ContextSource.FACTORY, ContextSource.class, CheckedContextSource::new);

    /** Summarises the texts of contexts. */
    public static final PluginKind<TextSummarizer> SUMMARY =
            new PluginKind<>("summary", TextSummarizer.FACTORY, TextSummarizer.class, CheckedSummarizer::new);

    /** Prepares an image for a ControlNet. */
    public static final PluginKind<ControlPreprocessor> CONTROL = new PluginKind<>(
            "control", ControlPreprocessor.FACTORY, ControlPreprocessor.class, CheckedPreprocessor::new);

    /** Samples an image from noise. */
    public static final PluginKind<Sampler> SAMPLER =
            new PluginKind<>("sampler", Sampler.FACTORY, Sampler.class, CheckedSampler::new);

    /** Measures sets. */
    public static final PluginKind<SetMetric> METRIC = new PluginKind<>(
            "metric", SetMetric.FACTORY, SetMetric.class, Holder.EVALUATION, CheckedMetric::new, metric -> {});

    /** Every kind. */
    static final List<PluginKind<?>> ALL = List.of(ATTENTION, BLEND, CONTEXT, SUMMARY, CONTROL, SAMPLER, METRIC);

    /** A kind that sets use, without a probe. */
    private PluginKind(String title, String factory, Class<P> contract, BiFunction<PluginCalls, P, P> checked) {
        this(title, factory, contract, Holder.SET, checked, plugin -> {});
    }

    /** The kind whose component factories have this name; empty for other factories. */
    static Optional<PluginKind<?>> ofFactory(String factory) {
        return ALL.stream().filter(kind -> kind.factory.equals(factory)).findFirst();
    }

    /** The kind with this title; empty if there is none. */
    static Optional<PluginKind<?>> ofTitle(String title) {
        return ALL.stream().filter(kind -> kind.title.equals(title)).findFirst();
    }
}
