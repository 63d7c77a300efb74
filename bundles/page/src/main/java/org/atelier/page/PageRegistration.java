package org.atelier.page;

import jakarta.servlet.Servlet;
import java.time.Instant;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;

/**
 * Registers the page with the HTTP service. A component description cannot: the pattern of {@code /} is the empty text, which
 * its XML loses among several values.
 */
@RequireHttpWhiteboard
@Component(
        service = {},
        immediate = true)
public final class PageRegistration {

    private final ServiceRegistration<Servlet> registration;

    @Activate
    public PageRegistration(BundleContext context) {
        Map<String, Object> properties = Map.of(
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
                "page",
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
                new String[] {"", PageServlet.FOLDER + "*"});
        Instant installed = Instant.ofEpochMilli(context.getBundle().getLastModified());
        registration = context.registerService(
                Servlet.class, new PageServlet(installed), FrameworkUtil.asDictionary(properties));
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}
