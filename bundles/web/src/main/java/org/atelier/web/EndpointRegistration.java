package org.atelier.web;

import jakarta.servlet.Servlet;
import java.net.URI;
import org.atelier.api.server.ServerEndpoint;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The door, once it listens and there is somebody behind it. It opens by itself: who asked for it before the queue or the
 * listener was restarted does not ask again.
 */
@Component(immediate = true)
public final class EndpointRegistration implements ServerEndpoint {

    private final URI address;

    /** @param behind what answers */
    @Activate
    public EndpointRegistration(
            @Reference(target = "(osgi.http.whiteboard.servlet.name=" + AtelierServlet.NAME + ")") Servlet behind,
            @Reference ServerInfoFile signpost) {
        this.address = signpost.address();
        signpost.show();
    }

    @Override
    public URI address() {
        return address;
    }
}
