package org.atelier.api.set;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Requests as files: the recipe in YAML or JSON, {@code set.json}, and what an image carries. */
@ProviderType
public interface RequestFormat {

    /** The request as JSON, its open values absent; reading it back gives an equal request. */
    String write(SetRequest request);

    /**
     * What holds for a field that a request file does not have, in words for people, by its key: {@code steps}, or
     * {@code controls.scale} for the field of a control. Only fields for which that says something.
     */
    Map<String, String> defaults();

    /**
     * Reads what {@link #write} made, each value and each name of a file as it stands there. No file is opened, so that
     * it reads as well when one that the request names is gone.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if another program wrote it
     */
    SetRequest readBack(String written);

    /**
     * Reads a request from a file: a request as YAML or JSON, a {@code set.json}, or an image that carries its request.
     * Files that it names are found from its folder and may not leave it, unless their sha256 is given.
     *
     * @throws AtelierException that names the file, the line and the fault: an unknown key, a wrong type
     */
    SetRequest read(Path file);

    /**
     * Reads a request from YAML or JSON that lies in no file, so that every file it names must be given by its absolute
     * path. Only for a text of the user's own: it may name any file that the user may read.
     *
     * @param name what faults call the text
     * @throws AtelierException as {@link #read(Path)} does
     */
    SetRequest read(String text, String name);
}
