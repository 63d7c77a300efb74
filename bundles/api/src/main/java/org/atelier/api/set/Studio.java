package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates sets of images in one style. */
@ProviderType
public interface Studio {

    /**
     * Resolves every unset value of a request, checks the request, reads its input files and starts its plugins. Loads
     * no weights and writes nothing but temporary files.
     *
     * @return to be closed by the caller
     * @throws AtelierException that lists every fault, one a line
     */
    ResolvedSet open(SetRequest request);

    /** As {@link #open}, but returns only {@link ResolvedSet#request} and releases everything else. */
    default SetRequest resolve(SetRequest request) {
        try (ResolvedSet set = open(request)) {
            return set.request();
        }
    }

    /** As {@link #open}, {@link ResolvedSet#generate} and {@link ResolvedSet#close}. */
    default GeneratedSet generate(SetRequest request, SetOutput output, SetListener listener) {
        try (ResolvedSet set = open(request)) {
            return set.generate(output, listener);
        }
    }

    /** As {@link #generate(SetRequest, SetOutput, SetListener)}, without a style card. */
    default GeneratedSet generate(SetRequest request, Path folder, SetListener listener) {
        return generate(request, SetOutput.to(folder), listener);
    }

    /**
     * Checks that a new set can be written to a folder, and its style card to a file. Leaves no file behind.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if the folder holds files of another set, the card exists, or one of
     *     them cannot be written
     */
    void checkOutput(SetOutput output);

    /** Whether a folder contains a set, complete or interrupted, that {@link #resume} accepts. */
    boolean hasSet(Path folder);

    /**
     * Completes a set that was interrupted by a crash or a cancellation: generates the missing images, so that all
     * files are identical to those of an uninterrupted set. If the model or a plugin has changed, the whole set is
     * generated again and the listener is notified. A complete set is returned unchanged.
     *
     * @param folder that contains the set
     * @throws AtelierException as {@link #open} and {@link ResolvedSet#generate} do; {@code INVALID_REQUEST} if the
     *     folder does not contain a set
     */
    GeneratedSet resume(Path folder, SetListener listener);

    /**
     * Turns the contexts of a request into text without generating images.
     *
     * @param request only its contexts and its model are used. The model suggests the models that read the contexts; it
     *     need not be installed. All contexts are checked before the first is read. A summary is made for {@code always},
     *     else none
     * @param listener called on this thread; may cancel
     * @return the same contexts with their texts, in order
     * @throws AtelierException that lists every fault, one a line
     */
    Contexts describe(SetRequest request, SetListener listener);

    /**
     * Preprocesses a control image and writes it as a PNG, without generating images.
     *
     * @param model the model that will use the image, as {@link SetRequest#model}; it suggests the model of the
     *     preprocessor, and need not be installed
     * @param control only its kind, file and options are used
     * @param width of the result in pixels; {@code null} for the image's own
     * @param height of the result in pixels; {@code null} for the image's own
     * @param out must not exist
     * @throws AtelierException that lists every fault, one a line
     */
    void preprocess(String model, ControlInput control, Integer width, Integer height, Path out);
}
