package org.atelier.api.server;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the Atelier that serves on this machine. */
@ProviderType
public interface Servers {

    /**
     * The one that holds a data folder.
     *
     * @throws org.atelier.api.AtelierException {@code SERVICE_UNREACHABLE} if none does
     */
    Server of(Path data);
}
