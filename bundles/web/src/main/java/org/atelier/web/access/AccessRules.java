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
 * Which requests are admitted, whatever their path: those that address this server by one of its names, and that no web page
 * of another origin sends. A name of an attacker that resolves to this machine (DNS rebinding) is none of its names.
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
                .filter(host -> isOwn(host, request))
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

    /** An address that a connection has arrived at is no name that somebody else could have given it. */
    private boolean isOwn(String host, HttpServletRequest request) {
        return LOOPBACK.contains(host)
                || hosts.contains(host)
                || (!thisMachineOnly
                        && WebNames.host(request.getLocalAddr())
                                .filter(host::equals)
                                .isPresent());
    }

    /** Whether a page that this server has sent makes the request. A proxy in front of the server may add TLS. */
    private static boolean isOwnOrigin(String origin, HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        Stream<String> schemes = request.isSecure() ? Stream.of("https") : Stream.of("http", "https");
        return !host.isEmpty()
                && schemes.anyMatch(scheme -> origin.toLowerCase(Locale.ROOT).equals(scheme + "://" + host));
    }

    /** Returns whether the web pages of an origin may call the server, although it is another one. */
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
