package org.atelier.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiError;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Admits only processes of this machine that know the token. Rejects web pages in a browser of this machine, also after DNS
 * rebinding.
 */
@Component(service = AccessFilter.class)
public final class AccessFilter {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final String SCHEME = "bearer ";

    private final byte[] token;

    @Activate
    public AccessFilter(BundleContext context) {
        this(DataFiles.of(context).token());
    }

    /** @param token that requests must carry */
    public AccessFilter(String token) {
        this.token = bytes(token);
    }

    /** @throws ApiError unless the request comes from this machine and names this machine as its host and origin */
    public static void requireThisMachine(HttpServletRequest request) {
        if (!isLoopback(request.getRemoteAddr()) || !isLoopback(request.getLocalAddr())) {
            throw ApiError.of(403, "not_local", "Atelier accepts requests from its own machine only.");
        }
        if (!THIS_MACHINE.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
            throw ApiError.of(
                    403,
                    "foreign_host",
                    "The header Host names another host, %s; use 127.0.0.1 or localhost."
                            .formatted(request.getServerName()));
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isThisMachine(origin)) {
            throw ApiError.of(
                    403,
                    "foreign_origin",
                    "The header Origin names another host, %s; Atelier accepts no requests from its web pages."
                            .formatted(origin));
        }
    }

    /** @throws ApiError unless the request carries the token */
    public void requireToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean valid = header != null
                && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && MessageDigest.isEqual(
                        token, bytes(header.substring(SCHEME.length()).strip()));
        if (!valid) {
            throw ApiError.ofToken(
                    "The request lacks a valid token; send 'Authorization: Bearer TOKEN' with the content of the file"
                            + " 'token' in the data folder.");
        }
    }

    private static boolean isThisMachine(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
