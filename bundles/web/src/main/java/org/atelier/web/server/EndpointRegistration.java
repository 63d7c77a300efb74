package org.atelier.web.server;

import jakarta.servlet.Servlet;
import java.net.URI;
import org.atelier.api.server.ServerEndpoint;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Registers the server endpoint while the HTTP service listens and the servlet is available. After a restart of the queue or
 * of the HTTP service it registers again by itself.
 */
@Component(immediate = true)
public final class EndpointRegistration implements ServerEndpoint {

    /** The name of the servlet that must be available. */
    public static final String SERVLET = "atelier";

    private final URI address;

    /** @param servlet serves the requests; required only so that it exists */
    @Activate
    public EndpointRegistration(
            @Reference(target = "(osgi.http.whiteboard.servlet.name=" + EndpointRegistration.SERVLET + ")")
                    Servlet servlet,
            @Reference ServerInfoFile serverInfo) {
        this.address = serverInfo.address();
        serverInfo.announce();
    }

    @Override
    public URI address() {
        return address;
    }
}
