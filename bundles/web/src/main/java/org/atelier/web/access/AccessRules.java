package org.atelier.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.atelier.text.WebNames;
import org.atelier.web.http.ApiError;

/**
 * Decides which requests are accepted, for every path: the header Host must be a name of this server, which prevents DNS rebinding, and
 * the header Origin, if present, must be that of the server or an allowed one.
 *
 * @param thisMachineOnly whether requests of other machines are refused
 * @param hosts further names of the server, in lower case
 * @param origins the origins of other web pages that may call the server, in lower case
 */
public record AccessRules(boolean thisMachineOnly, Set<String> hosts, Set<String> origins) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    /** Makes defensive copies. */
    public AccessRules {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /** Returns the rules of a server without options. */
    public static AccessRules ofThisMachine() {
        return new AccessRules(true, Set.of(), Set.of());
    }

    /** Returns these rules with further hosts and origins. */
    AccessRules with(Set<String> moreHosts, Set<String> moreOrigins) {
        return new AccessRules(thisMachineOnly, union(hosts, moreHosts), union(origins, moreOrigins));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> union = new HashSet<>(some);
        union.addAll(more);
        return union;
    }

    /** @throws ApiError with status 403 unless the request is admitted */
    void requireAdmitted(HttpServletRequest request) {
        if (thisMachineOnly && !(isLoopback(request.getRemoteAddr()) && isLoopback(request.getLocalAddr()))) {
            throw ApiError.of(403, "not_local", "Atelier accepts requests from its own machine only.");
        }
        if (WebNames.host(request.getServerName())
                .filter(host -> isOwnName(host, request))
                .isEmpty()) {
            throw ApiError.of(
                    403,
                    "foreign_host",
                    "The header Host names another host, %s; use 127.0.0.1 or localhost, or start the server with --allow-host."
                            .formatted(request.getServerName()));
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOwnOrigin(origin, request) && !isAllowed(origin)) {
            throw ApiError.of(
                    403,
                    "foreign_origin",
                    "The header Origin names another host, %s; start the server with --allow-origin to accept its web pages."
                            .formatted(origin));
        }
    }

    /** The local address of a connection is accepted too: an attacker cannot define it by DNS. */
    private boolean isOwnName(String host, HttpServletRequest request) {
        return LOOPBACK.contains(host)
                || hosts.contains(host)
                || (!thisMachineOnly
                        && WebNames.host(request.getLocalAddr())
                                .filter(host::equals)
                                .isPresent());
    }

    /** Whether a page of this server sends the request. A proxy in front of the server may add TLS. */
    private static boolean isOwnOrigin(String origin, HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        Stream<String> schemes = request.isSecure() ? Stream.of("https") : Stream.of("http", "https");
        return !host.isEmpty()
                && schemes.anyMatch(scheme -> origin.toLowerCase(Locale.ROOT).equals(scheme + "://" + host));
    }

    /** Returns whether web pages of another origin may call the server. */
    boolean isAllowed(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
