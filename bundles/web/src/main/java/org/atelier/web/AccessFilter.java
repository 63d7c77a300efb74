package org.atelier.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Who may come in: a process of this machine that knows the token. A page of the web in a browser of this machine may not,
 * whatever name it gives this machine.
 */
final class AccessFilter {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final String SCHEME = "bearer ";

    private final byte[] token;

    AccessFilter(String token) {
        this.token = bytes(token);
    }

    /** @throws ApiError unless the call comes from this machine, by a name of it */
    static void requireThisMachine(HttpServletRequest call) {
        if (!isLoopback(call.getRemoteAddr()) || !isLoopback(call.getLocalAddr())) {
            throw ApiError.of(403, "not_local", "Atelier speaks with processes of its own machine only.");
        }
        if (!THIS_MACHINE.contains(call.getServerName().toLowerCase(Locale.ROOT))) {
            throw ApiError.of(
                    403, "foreign_host", "The call names another host; call Atelier as 127.0.0.1 or localhost.");
        }
        String origin = call.getHeader("Origin");
        if (origin != null && !isThisMachine(origin)) {
            throw ApiError.of(403, "foreign_origin", "The call comes from a page of another host, which may not ask.");
        }
    }

    /** @throws ApiError unless the call carries the token */
    void requireToken(HttpServletRequest call) {
        String header = call.getHeader("Authorization");
        boolean known = header != null
                && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && MessageDigest.isEqual(
                        token, bytes(header.substring(SCHEME.length()).strip()));
        if (!known) {
            throw ApiError.ofToken(
                    "The call lacks the token; send 'Authorization: Bearer TOKEN' with that of the file token in the"
                            + " data folder.");
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
