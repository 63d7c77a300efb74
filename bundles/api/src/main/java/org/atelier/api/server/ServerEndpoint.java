package org.atelier.api.server;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** The HTTP endpoint of this process; registered once it accepts connections. */
@ProviderType
public interface ServerEndpoint {

    /** Its address on the loopback interface: {@code http://127.0.0.1:38211}. */
    URI address();
}
