package org.atelier.api.set;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and writes requests: YAML and JSON files, {@code set.json}, and the metadata of images. */
@ProviderType
public interface RequestFormat {

    /** Writes a request as JSON without its unset values; reading it back gives an equal request. */
    String write(SetRequest request);

    /**
     * Descriptions of the defaults of request fields, by key: {@code steps}, or {@code controls.scale} for a field of a
     * control. Fields without a meaningful default are absent.
     */
    Map<String, String> defaults();

    /**
     * Reads the output of {@link #write} unchanged, including file names. It opens no file, so the files that the
     * request names need not exist.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if it was not written by {@link #write}
     */
    SetRequest readBack(String written);

    /**
     * Reads a request from a file: a request as YAML or JSON, a {@code set.json}, or an image with a request, or another
     * program's parameters, in its metadata. File names in it are relative to its folder and must not leave it, unless their SHA-256 is given.
     *
     * @throws AtelierException with the file, the line and the fault: an unknown key, a wrong type
     */
    SetRequest read(Path file);

    /**
     * As {@link #read(Path)}.
     *
     * @param notes takes a sentence for each parameter of another program's image that the request does not hold
     */
    default SetRequest read(Path file, Consumer<String> notes) {
        return read(file);
    }

    /**
     * Reads a request from YAML or JSON text. Every file that it names must have an absolute path. Use it only for the
     * user's own text: it may name any file that the user can read.
     *
     * @param name of the text in error messages
     * @throws AtelierException as {@link #read(Path)} does
     */
    SetRequest read(String text, String name);
}
