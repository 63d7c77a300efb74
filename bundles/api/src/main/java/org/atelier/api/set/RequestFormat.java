package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Requests as JSON: the recipe file, {@code set.json}, and what a picture carries. */
@ProviderType
public interface RequestFormat {

    /** The request as JSON, its open values absent; reading it back gives an equal request. */
    String write(SetRequest request);

    /**
     * Reads a request from a file: a request as JSON, a {@code set.json}, or a picture that carries its request.
     *
     * @throws AtelierException that names the file, the place in it and the fault: an unknown key, a wrong type
     */
    SetRequest read(Path file);
}
