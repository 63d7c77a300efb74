package org.atelier.api.server;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Finds servers on this machine. */
@ProviderType
public interface Servers {

    /**
     * Returns the server that uses a data folder.
     *
     * @throws org.atelier.api.AtelierException {@code SERVICE_UNREACHABLE} if there is none
     */
    Server of(Path data);
}
