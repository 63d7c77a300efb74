package org.atelier.api.set;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A resolved request with everything needed to generate the set: the opened model, the plugins, and the contents of the
 * input files, each read once. Replacing a file on disk afterwards has no effect.
 *
 * <p>It holds its plugins and copies of its input files until it is closed, so close it soon: to wait, close it and
 * open its {@link #request} again. It may be used only by the thread that opened it.
 */
@ProviderType
public interface ResolvedSet extends AutoCloseable {

    /**
     * The resolved request, except for the texts of unread contexts and of references without a prompt. It has the
     * absolute path and the SHA-256 of every input image; opening it again gives an equal request.
     */
    SetRequest request();

    /** Sentences that name the values of the request that have no effect; {@link #generate} notes them too. */
    List<String> unusedValues();

    /**
     * Generates the set into a folder: {@code 000.png} …, {@code contact-sheet.png} and {@code set.json}, each written
     * atomically. With references, {@code 000.png} is their reconstruction, or {@code 000-a.png} … if they are kept
     * separate.
     *
     * @param output the folder, the path of a style card if one is requested, and the images if not all are
     * @param listener called on this thread; may cancel
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} if the listener cancels; finished images
     *     are kept
     */
    GeneratedSet generate(SetOutput output, SetListener listener);

    /** Releases the plugins and deletes the copies of the input files; a second call has no effect. */
    @Override
    void close();
}
