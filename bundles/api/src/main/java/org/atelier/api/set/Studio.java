package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates sets of images in one style. */
@ProviderType
public interface Studio {

    /**
     * Resolves every open value of a request, checks all of it, reads its input files and starts its plugins; loads no
     * weights and writes nothing that stays.
     *
     * @return to be closed by the caller
     * @throws AtelierException that lists every fault, one a line
     */
    ResolvedSet open(SetRequest request);

    /** As {@link #open}, for whoever needs only {@link ResolvedSet#request}: nothing is held afterwards. */
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

    /** Whether a folder holds a set, complete or interrupted, so that {@link #resume} completes it. */
    boolean hasSet(Path folder);

    /**
     * Completes a set that was interrupted, by a crash as by a cancellation: generates what is missing, so that the
     * files become those of a set that nothing disturbed, to the byte. Where the model or a plugin is another than the
     * set was started with, the whole set is generated anew, and the listener is notified. A set that is complete is
     * returned as it is.
     *
     * @param folder that holds the set
     * @throws AtelierException as {@link #open} and {@link ResolvedSet#generate} do; {@code INVALID_REQUEST} if the folder
     *     holds no set
     */
    GeneratedSet resume(Path folder, SetListener listener);

    /**
     * Turns inputs into text, and generates nothing.
     *
     * @param contexts all checked before the first is read
     * @param listener called on this thread; says when to stop
     * @return the same with their texts, in order
     * @throws AtelierException that lists every fault, one a line
     */
    List<ContextInput> describe(List<ContextInput> contexts, SetListener listener);

    /**
     * Writes what a ControlNet would see of an image, as a PNG, and generates nothing.
     *
     * @param control its kind, file and options count
     * @param width of the result in pixels; {@code null} for the image's own
     * @param height of the result in pixels; {@code null} for the image's own
     * @param out must not exist
     * @throws AtelierException that lists every fault, one a line
     */
    void preprocess(ControlInput control, Integer width, Integer height, Path out);
}
