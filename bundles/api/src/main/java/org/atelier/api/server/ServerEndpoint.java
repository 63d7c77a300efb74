package org.atelier.api.server;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** Through which other processes speak to this one; there is one as soon as it is open. */
@ProviderType
public interface ServerEndpoint {

    /** Where it listens, on this machine only: {@code http://127.0.0.1:38211}. */
    URI address();
}
