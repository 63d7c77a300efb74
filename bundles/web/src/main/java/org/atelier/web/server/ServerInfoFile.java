package org.atelier.web.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Framework properties that the launcher sets: the address that Felix listens on, and the digests of certificates. */
    private static final String LISTENING = "org.apache.felix.http.host";

    private static final String CERTIFICATES = "atelier.certificates";

    /**
     * An endpoint as Felix writes it, whatever address it names: an IPv6 address may lack its brackets. The port of a
     * connector that could not be opened is negative.
     */
    private static final Pattern BOUND = Pattern.compile("(https?)://(?!.*:-\\d+/?$).*?(?::(\\d{1,5}))?/?");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final DataFiles files;
    private final URI address;
    private final List<String> certificates;
    private final String version;

    /** @param listening the properties of the HTTP service */
    @Activate
    public ServerInfoFile(
            @Reference(service = HttpServiceRuntime.class, target = "(" + ENDPOINT + "=http*)")
                    Map<String, Object> listening,
            BundleContext context) {
        this.files = DataFiles.of(context);
        this.address = address(listening.get(ENDPOINT), context.getProperty(LISTENING));
        this.certificates = Optional.ofNullable(context.getProperty(CERTIFICATES)).stream()
                .flatMap(digests -> Arrays.stream(digests.split(",")))
                .toList();
        this.version = version(context);
    }

    URI address() {
        return address;
    }

    void announce() {
        files.announce(address, certificates, version);
    }

    @Deactivate
    void withdraw() {
        files.withdraw();
    }

    /** @param host the address that the server listens on; {@code null} for the loopback interface */
    static URI address(Object endpoints, String host) {
        String[] all = endpoints instanceof String[] several ? several : new String[] {endpoints.toString()};
        return Arrays.stream(all)
                .map(BOUND::matcher)
                .filter(Matcher::matches)
                .map(bound -> URI.create("%s://%s:%d".formatted(bound.group(1), reachable(host), port(bound))))
                .filter(address -> address.getPort() > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No port is open: another program took it while the server started; start it again."));
    }

    private static int port(MatchResult bound) {
        if (bound.group(2) != null) {
            return Integer.parseInt(bound.group(2));
        }
        return bound.group(1).equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    /** The address by which processes of this machine reach the server. */
    private static String reachable(String host) {
        try {
            InetAddress listening = InetAddress.getByName(host);
            if (host == null || listening.isAnyLocalAddress()) {
                return UnboundConnector.HOST;
            }
            return listening instanceof Inet6Address
                    ? "[" + listening.getHostAddress() + "]"
                    : listening.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the HTTP service listens on no address", e);
        }
    }

    /** Returns the version of Atelier. */
    public static String version(BundleContext context) {
        Version version = context.getBundle().getVersion();
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier();
    }
}
