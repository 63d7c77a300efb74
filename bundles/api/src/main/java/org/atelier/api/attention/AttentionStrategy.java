package org.atelier.api.attention;

import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How the images of a set attend to one another, layer by layer. Each set has its own instance.
 *
 * <p>A strategy is a Declarative Services component <em>factory</em>: its constructor receives the set's options as a
 * typed object, with defaults from its configuration:
 *
 * <pre>{@code
 * @Designate(ocd = Options.class)
 * @Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=mine")
 * public final class MyAttention implements AttentionStrategy {
 *     @Activate
 *     public MyAttention(Options options) { ... }
 * }
 * }</pre>
 */
@ConsumerType
@FunctionalInterface
public interface AttentionStrategy {

    /** The {@code component.factory} name of every attention strategy. */
    String FACTORY = "org.atelier.attention";

    /** What an image of the set depends on besides its own prompt and noise. */
    enum Coupling {
        /** Nothing: every image is generated independently. */
        NONE,
        /** The references: they pass the network first at each step, and the images use their features. */
        REFERENCES,
        /** Every other image: the set passes the network as one batch, so its size is limited by memory. */
        SET
    }

    /**
     * Returns the attention of one layer. It is called once for every self- and cross-attention layer of the network,
     * in registration order.
     *
     * @param layer of any {@linkplain AttentionLayer.Kind kind}
     * @return its attention; {@link Attention#plain()} leaves the layer unchanged
     */
    Attention at(AttentionLayer layer);

    /**
     * The words whose cross-attention maps are recorded, in the images and in the references. It is called once for
     * every cross-attention layer. The maps are passed to each {@linkplain AttentionCall#maps call}.
     *
     * @param layer of kind {@link AttentionLayer.Kind#CROSS}
     * @return words as written in prompts, such as "house"; a word may have several tokens
     */
    default Set<String> observedWords(AttentionLayer layer) {
        return Set.of();
    }

    /**
     * The words that the strategy needs to find in references. Each must be in the prompt of at least one reference;
     * otherwise the set is refused before anything is loaded.
     *
     * @return words as in {@link #observedWords}
     */
    default Set<String> referenceWords() {
        return Set.of();
    }

    /** What the images of a set depend on; determines how they are batched. */
    default Coupling coupling() {
        return Coupling.REFERENCES;
    }

    /**
     * Whether every group normalisation of the network computes its mean and variance over image and reference
     * together.
     */
    default boolean sharesGroupNorm() {
        return false;
    }

    /**
     * How the strategy redraws content images. Empty for a strategy that uses none: a set with content images is then
     * refused, as is a set without them for a strategy that redraws them.
     */
    default Optional<Restyling> restyling() {
        return Optional.empty();
    }
}
