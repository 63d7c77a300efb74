package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Requests as files: the recipe in YAML or JSON, {@code set.json}, and what a picture carries. */
@ProviderType
public interface RequestFormat {

    /** The request as JSON, its open values absent; reading it back gives an equal request. */
    String write(SetRequest request);

    /**
     * Reads a request from a file: a request as YAML or JSON, a {@code set.json}, or a picture that carries its request.
     * Files that it names are found from its folder and may not leave it, unless their sha256 is given.
     *
     * @throws AtelierException that names the file, the line and the fault: an unknown key, a wrong type
     */
    SetRequest read(Path file);
}
