package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Draws sets of pictures in one hand. */
@ProviderType
public interface Studio {

    /**
     * Settles every open value of a request and checks all of it, loading no weights and writing nothing.
     *
     * @return the request with nothing left open but what only reading tells: the words of its contexts and of
     *     references without a prompt; resolving it again changes nothing
     * @throws AtelierException that lists every fault, one a line
     */
    SetRequest resolve(SetRequest request);

    /**
     * Draws a set into a folder: {@code 000.png} …, {@code contact-sheet.png} and {@code set.json}, each written whole
     * or not at all. With references {@code 000.png} is what the model keeps of them, or {@code 000-a.png} … of each
     * that is kept apart.
     *
     * @param request resolved first, if it is not yet
     * @param output the folder, and the place of a style card where the set's hand is to be kept
     * @param listener told of progress on the calling thread; says when to stop
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} when the listener said so; pictures that
     *     are finished stay
     */
    DrawnSet draw(SetRequest request, SetOutput output, SetListener listener);

    /** As {@link #draw(SetRequest, SetOutput, SetListener)}, without a style card. */
    default DrawnSet draw(SetRequest request, Path folder, SetListener listener) {
        return draw(request, SetOutput.to(folder), listener);
    }

    /**
     * Whether a set was begun in a folder, so that {@link #resume} goes on with it; also where it is complete already.
     */
    boolean hasBegun(Path folder);

    /**
     * Goes on with a set that {@link #draw} began and did not finish, after a crash as after a cancellation: draws what is
     * missing, so that the files become those of a set that nothing disturbed, to the byte. Where the model or a plugin
     * is another than the set was begun with, the whole set is drawn anew, and the listener told. A set that is complete
     * is returned as it is.
     *
     * @param folder in which a set has begun
     * @throws AtelierException as {@link #draw} does; {@code INVALID_REQUEST} if no set was begun there
     */
    DrawnSet resume(Path folder, SetListener listener);

    /**
     * Puts inputs into words, and draws nothing.
     *
     * @param contexts checked, all of them, before the first is read
     * @param listener told of progress on the calling thread; says when to stop
     * @return the same with their words, in order
     * @throws AtelierException that lists every fault, one a line
     */
    List<ContextInput> describe(List<ContextInput> contexts, SetListener listener);

    /**
     * Writes what a ControlNet would see of a picture, as a PNG, and draws nothing.
     *
     * @param control its kind, file and options count
     * @param width of the result in pixels; {@code null} for the picture's own
     * @param height of the result in pixels; {@code null} for the picture's own
     * @param out must not be there yet
     * @throws AtelierException that lists every fault, one a line
     */
    void preprocess(ControlPicture control, Integer width, Integer height, Path out);
}
