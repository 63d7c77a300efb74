package org.atelier.web;

import jakarta.servlet.Servlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.atelier.api.server.FrontDoor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/**
 * The door, once it listens and there is somebody behind it; the data folder tells where it is for as long. It opens by
 * itself: who asked for it before the queue or the listener was restarted does not ask again.
 */
@Component(immediate = true)
public final class OpenDoor implements FrontDoor {

    /** Names the folder of a server's data; set by the launcher. */
    static final String DATA = "atelier.data";

    private final DataFiles files;
    private final URI address;

    /**
     * @param behind what answers
     * @param listening the properties of what listens
     */
    @Activate
    public OpenDoor(
            @Reference(target = "(osgi.http.whiteboard.servlet.name=" + AtelierServlet.NAME + ")") Servlet behind,
            @Reference(
                            service = HttpServiceRuntime.class,
                            target = "(" + HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT + "=http://127.0.0.1:*)")
                    Map<String, Object> listening,
            BundleContext context) {
        this.files = new DataFiles(Path.of(context.getProperty(DATA)));
        this.address = address(listening.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT));
        files.announce(address.getPort(), version(context));
    }

    @Deactivate
    void close() {
        files.withdraw();
    }

    @Override
    public URI address() {
        return address;
    }

    private static URI address(Object endpoints) {
        String[] all = endpoints instanceof String[] several ? several : new String[] {endpoints.toString()};
        String first = Arrays.stream(all)
                .filter(endpoint -> endpoint.startsWith("http://127.0.0.1:"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing listens on 127.0.0.1"));
        return URI.create(first.replaceFirst("/$", ""));
    }

    static String version(BundleContext context) {
        Version version = context.getBundle().getVersion();
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
