package org.atelier.web.server;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.atelier.web.data.DataFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/**
 * Publishes the address of the server in the data folder, from its first registration until the HTTP service stops. The file
 * stays while the queue is being replaced: callers then get 503 and retry.
 */
@Component(service = ServerInfoFile.class, immediate = true)
public final class ServerInfoFile {

    private static final String ENDPOINT = HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT;

    private final DataFiles files;
    private final URI address;
    private final String version;

    /** @param listening the properties of the HTTP service */
    @Activate
    public ServerInfoFile(
            @Reference(service = HttpServiceRuntime.class, target = "(" + ENDPOINT + "=http://127.0.0.1:*)")
                    Map<String, Object> listening,
            BundleContext context) {
        this.files = DataFiles.of(context);
        this.address = address(listening.get(ENDPOINT));
        this.version = version(context);
    }

    URI address() {
        return address;
    }

    void announce() {
        files.announce(address.getPort(), version);
    }

    @Deactivate
    void withdraw() {
        files.withdraw();
    }

    private static URI address(Object endpoints) {
        String[] all = endpoints instanceof String[] several ? several : new String[] {endpoints.toString()};
        String first = Arrays.stream(all)
                .filter(endpoint -> endpoint.startsWith("http://127.0.0.1:"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing listens on 127.0.0.1"));
        return URI.create(first.replaceFirst("/$", ""));
    }

    /** Returns the version of Atelier. */
    public static String version(BundleContext context) {
        Version version = context.getBundle().getVersion();
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
