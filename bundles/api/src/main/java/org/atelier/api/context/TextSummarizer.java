package org.atelier.api.context;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Summarises the contexts of a set. Each set has its own instance. It is a Declarative Services component factory, as
 * {@link ContextSource} is.
 */
@ConsumerType
@FunctionalInterface
public interface TextSummarizer {

    /** The {@code component.factory} name of every summarizer. */
    String FACTORY = "org.atelier.summary";

    /**
     * Summarises a text.
     *
     * @param text the joined texts of the contexts
     * @param listener may cancel
     * @throws AtelierException {@code MODEL_NOT_FOUND} with the command that fetches a missing model, {@code CANCELLED}
     *     if the listener cancels
     */
    ContextText summarize(String text, ReadingListener listener);

    /**
     * Checks what can be checked without a text, such as a missing or damaged model. It is called before the contexts
     * are read if the summary is {@code always}.
     *
     * @throws AtelierException as {@link #summarize}
     */
    default void check() {}
}
