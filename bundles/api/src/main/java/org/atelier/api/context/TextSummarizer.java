package org.atelier.api.context;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shortens what the contexts of a set say; one instance serves one set. A declarative services component factory, as
 * {@link ContextSource} is.
 */
@ConsumerType
@FunctionalInterface
public interface TextSummarizer {

    /** The {@code component.factory} name of every summarizer. */
    String FACTORY = "org.atelier.summary";

    /**
     * Shortens a text.
     *
     * @param text what the contexts said, joined
     * @param listener says when to stop
     * @throws AtelierException {@code MODEL_NOT_FOUND} naming the command that gets a missing model, {@code CANCELLED}
     *     when the listener said so
     */
    ContextText summarize(String text, ReadingListener listener);

    /**
     * Refuses what {@link #summarize} would refuse, as far as that can be told without a text: a model that is missing or
     * damaged. Asked before the contexts of a set are read that is summarized whatever they say.
     *
     * @throws AtelierException as {@link #summarize}
     */
    default void check() {}
}
