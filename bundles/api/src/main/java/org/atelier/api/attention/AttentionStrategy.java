package org.atelier.api.attention;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How the images of a set attend to one another, layer by layer; one instance generates one set.
 *
 * <p>A strategy is a declarative-services component <em>factory</em>, so that a set's options arrive typed at its
 * constructor, over the defaults of its configuration, without any code of its own:
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

    /** On what an image of the set depends besides its own prompt and noise. */
    enum Coupling {
        /** On nothing: every image is generated as if it were alone. */
        NONE,
        /** On the references: they pass the network first, once per step, and the others take from them. */
        REFERENCES,
        /** On every other image: the set passes the network as one batch, so memory bounds its size. */
        SET
    }

    /**
     * How images attend at one layer, asked once for every attention of the network, in registration order: self- and
     * cross-attention.
     *
     * @param layer of any {@linkplain AttentionLayer.Kind kind}
     * @return how it attends; {@link Attention#plain()} leaves it as it was trained
     */
    Attention at(AttentionLayer layer);

    /**
     * Of which words it shall be observed where in the images, and in the references, they are; asked once for every
     * cross-attention. What is observed comes with each {@linkplain AttentionCall#maps call}.
     *
     * @param layer of kind {@link AttentionLayer.Kind#CROSS}
     * @return words as they stand in prompts, "house"; of several tokens, if need be
     */
    default Set<String> observedWords(AttentionLayer layer) {
        return Set.of();
    }

    /** On what the images of a set depend; decides how they are batched. */
    default Coupling coupling() {
        return Coupling.REFERENCES;
    }

    /** Whether every group normalisation of the network takes its moments over image and reference together. */
    default boolean sharesGroupNorm() {
        return false;
    }
}
