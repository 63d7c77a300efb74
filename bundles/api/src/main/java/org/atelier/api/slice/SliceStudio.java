package org.atelier.api.slice;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generates the slices of sets in processes or on machines of their own; {@link SetAssembler} joins them. The networks of the
 * last set stay loaded for the next one with the same model, until {@link #release}. For one thread at a time.
 */
@ProviderType
public interface SliceStudio {

    /**
     * Resolves a request with all texts of its contexts and captions of its references, and says how the set can be divided.
     * Loads no networks of the model.
     *
     * @param listener called on this thread; may cancel
     * @throws AtelierException that lists every fault, one a line
     */
    SetDivision divide(SetRequest request, SetListener listener);

    /**
     * Inverts the references of a set, and generates no image.
     *
     * @param request the request of a {@link SetDivision} with an inversion
     * @param files where input files lie on this machine, as {@link SliceInputs#files}
     * @param inversions the file to write; must not exist, its folder must
     * @param listener called on this thread; may cancel
     * @throws AtelierException {@code INVALID_REQUEST} if the set has nothing to invert; as {@link #generate}
     */
    void invert(SetRequest request, Map<Path, Path> files, Path inversions, SetListener listener);

    /**
     * Generates a set or a slice of it. The bytes of all files equal those of the set that is generated without
     * {@link SliceInputs}.
     *
     * @param request the request of a {@link SetDivision}
     * @param listener called on this thread; may cancel
     * @throws AtelierException that lists every fault, one a line; {@code INPUT_UNREADABLE} if a file is not the one that
     *     the request names, or the inversions are those of another set
     */
    GeneratedSet generate(SetRequest request, SliceInputs inputs, SetOutput output, SetListener listener);

    /** Releases the networks that are loaded; without effect if there are none. */
    void release();
}
