package org.atelier.api.set;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A request with nothing left open, and everything that the set is generated with: the opened model, the plugins, and
 * the input files as they were when each was read, once. A file that is replaced on disk afterwards changes nothing.
 *
 * <p>It holds its plugins and copies of its input files until it is closed, so it is closed soon: whoever waits closes
 * it and opens its {@link #request} again. It belongs to the thread that opened it.
 */
@ProviderType
public interface ResolvedSet extends AutoCloseable {

    /**
     * The request with nothing left open but what only reading the inputs tells: the texts of its contexts and of
     * references without a prompt. It names every input image by its absolute path and its SHA-256; opening it again
     * gives an equal request.
     */
    SetRequest request();

    /**
     * Generates the set into a folder: {@code 000.png} …, {@code contact-sheet.png} and {@code set.json}, each written
     * whole or not at all. With references {@code 000.png} is what the model keeps of them, or {@code 000-a.png} … of
     * each that is kept apart.
     *
     * @param output the folder, and the place of a style card where one is asked for
     * @param listener called on this thread; says when to stop
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} when the listener said so; images that are
     *     finished stay
     */
    GeneratedSet generate(SetOutput output, SetListener listener);

    /** Ends the plugins and removes the copies of the input files; a second time does nothing. */
    @Override
    void close();
}
