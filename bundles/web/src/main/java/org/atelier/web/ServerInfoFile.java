package org.atelier.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/**
 * Where the door is: shown in the data folder from when it first opens until nothing listens there any more. It stays while
 * the queue behind the door is being replaced, for callers are then asked to retry.
 */
@Component(service = ServerInfoFile.class, immediate = true)
public final class ServerInfoFile {

    /** Names the folder of a server's data; set by the launcher. */
    static final String DATA = "atelier.data";

    private static final String ENDPOINT = HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT;

    private final DataFiles files;
    private final URI address;
    private final String version;

    /** @param listening the properties of what listens */
    @Activate
    public ServerInfoFile(
            @Reference(service = HttpServiceRuntime.class, target = "(" + ENDPOINT + "=http://127.0.0.1:*)")
                    Map<String, Object> listening,
            BundleContext context) {
        this.files = new DataFiles(Path.of(context.getProperty(DATA)));
        this.address = address(listening.get(ENDPOINT));
        this.version = version(context);
    }

    URI address() {
        return address;
    }

    void show() {
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

    static String version(BundleContext context) {
        Version version = context.getBundle().getVersion();
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
