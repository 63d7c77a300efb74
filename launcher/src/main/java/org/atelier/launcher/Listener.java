package org.atelier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.atelier.text.WebNames;

/**
 * Where a server listens and whom it admits, checked.
 *
 * @param address the address of this machine that it listens on
 * @param port {@code null} for the first free one from {@link #FIRST_PORT} on; 0 for any
 * @param token the token of the user
 * @param keys present if the server uses HTTPS
 * @param hosts the names by which callers may address it, besides those of the loopback interface
 * @param origins the origins whose web pages may call it
 */
record Listener(
        InetAddress address,
        Integer port,
        Optional<String> token,
        Optional<KeyStoreFile> keys,
        Set<String> hosts,
        Set<String> origins) {

    /** Framework properties that the bundle {@code web} reads; lists are separated by commas. */
    static final String TOKEN = "atelier.token";

    static final String CERTIFICATES = "atelier.certificates";
    static final String HOSTS = "atelier.hosts";
    static final String ORIGINS = "atelier.origins";

    static final int FIRST_PORT = 7860;
    static final int LAST_PORT = 7959;

    private static final int MAX_PORT = 65_535;
    private static final Pattern TOKEN_SYNTAX = Pattern.compile("[!-~]{16,256}");

    /** @throws CannotStartException with one line for each fault */
    static Listener of(ListenOptions options) {
        Faults faults = new Faults();
        InetAddress address = faults.collect(() -> address(options.host()));
        Optional<String> token = faults.collectOptional(() -> token(options.token()));
        Optional<KeyStoreFile> keys = faults.collectOptional(() -> keys(options));
        Set<String> hosts = new LinkedHashSet<>();
        WebNames.host(options.host()).ifPresent(hosts::add);
        hosts.addAll(faults.collectAll(
                options.allowedHosts(),
                WebNames::host,
                "--allow-host %s is not the name or address of a host; give it without scheme and port"));
        Set<String> origins = faults.collectAll(
                options.allowedOrigins(),
                WebNames::origin,
                "--allow-origin %s is not an origin; give scheme, host and port, such as http://localhost:3000");
        if (address != null && !address.isLoopbackAddress()) {
            if (!options.token().isSet()) {
                faults.add("--host %s lets other machines connect: set a token of your own first; %s"
                        .formatted(options.host(), options.token().remedy()));
            }
            if (options.keystore() == null && !options.insecure()) {
                faults.add(
                        ("--host %s would send token and images unencrypted: give --tls-keystore FILE, or --insecure if"
                                        + " you trust the network")
                                .formatted(options.host()));
            }
        }
        faults.throwIfAny();
        return new Listener(address, options.port(), token, keys, hosts, origins);
    }

    private static InetAddress address(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean own = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
            if (!own) {
                throw new CannotStartException(
                        "--host %s is not an address of this machine; give one of its addresses, or 0.0.0.0 for all"
                                .formatted(host));
            }
            return address;
        } catch (UnknownHostException | SocketException e) {
            throw new CannotStartException(
                    "--host %s cannot be resolved; give an address of this machine, or 0.0.0.0 for all".formatted(host),
                    e);
        }
    }

    private static Optional<String> token(Secret secret) {
        Optional<String> token = secret.read();
        if (token.isPresent() && !TOKEN_SYNTAX.matcher(token.get()).matches()) {
            throw new CannotStartException(
                    "the token of %s or %s must have 16 to 256 characters, of ASCII and without spaces; make one with: openssl rand -hex 32"
                            .formatted(secret.option(), secret.variable()));
        }
        return token;
    }

    private static Optional<KeyStoreFile> keys(ListenOptions options) {
        if (options.keystore() == null) {
            return Optional.empty();
        }
        String password = options.keystorePassword()
                .read()
                .orElseThrow(() -> new CannotStartException("--tls-keystore %s needs its password; %s"
                        .formatted(
                                options.keystore(), options.keystorePassword().remedy())));
        return Optional.of(KeyStoreFile.open(options.keystore(), password));
    }

    /**
     * Chooses the port, since the HTTP bundle would only log that it cannot listen.
     *
     * @throws CannotStartException if it is used, or all are
     */
    ChosenPort choosePort() {
        if (port == null) {
            return firstFreePort();
        }
        try {
            return ChosenPort.of(address, port);
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot listen on port %d of %s: %s; choose another with --port, or omit it for the next free one from %d on"
                            .formatted(port, address.getHostAddress(), Fault.of(e), FIRST_PORT),
                    e);
        }
    }

    private ChosenPort firstFreePort() {
        IOException last = null;
        for (int candidate = FIRST_PORT; candidate <= LAST_PORT; candidate++) {
            try {
                return ChosenPort.of(address, candidate);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new CannotStartException(
                "the ports %d to %d of %s are all used; choose another with --port"
                        .formatted(FIRST_PORT, LAST_PORT, address.getHostAddress()),
                last);
    }

    /** The framework property with the port for the HTTP service. */
    Map<String, String> property(ChosenPort chosen) {
        // The range lets the HTTP bundle take the next port if another program takes the chosen one meanwhile.
        String ports =
                port == null ? "[%d,%d]".formatted(chosen.number(), LAST_PORT) : Integer.toString(chosen.number());
        return Map.of(keys.isEmpty() ? "org.osgi.service.http.port" : "org.osgi.service.http.port.secure", ports);
    }

    /** The framework properties for the HTTP service and for the bundle {@code web}, except the port. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        // Set here, not in config/: a configuration would arrive when Jetty already listens on all interfaces.
        properties.put("org.apache.felix.http.host", address.getHostAddress());
        properties.put("org.apache.felix.http.enable", Boolean.toString(keys.isEmpty()));
        properties.put("org.apache.felix.https.enable", Boolean.toString(keys.isPresent()));
        keys.ifPresent(store -> {
            properties.put("org.apache.felix.https.keystore", store.file().toString());
            properties.put("org.apache.felix.https.keystore.type", store.type());
            properties.put("org.apache.felix.https.keystore.password", store.password());
            properties.put("org.apache.felix.https.keystore.key.password", store.password());
            properties.put(CERTIFICATES, String.join(",", store.certificates()));
        });
        token.ifPresent(secret -> properties.put(TOKEN, secret));
        properties.put(HOSTS, String.join(",", hosts));
        properties.put(ORIGINS, String.join(",", origins));
        return properties;
    }

    static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= MAX_PORT;
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return address + " " + port;
    }

    /** The faults of several checks, reported together. */
    private static final class Faults {

        private final List<String> messages = new ArrayList<>();

        /** A check that returns a value or fails. */
        interface Check<T> {
            T run();
        }

        <T> T collect(Check<T> check) {
            try {
                return check.run();
            } catch (CannotStartException e) {
                messages.add(e.getMessage());
                return null;
            }
        }

        <T> Optional<T> collectOptional(Check<Optional<T>> check) {
            Optional<T> value = collect(check);
            return value == null ? Optional.empty() : value;
        }

        Set<String> collectAll(Collection<String> values, Function<String, Optional<String>> parser, String fault) {
            Set<String> parsed = new LinkedHashSet<>();
            for (String value : values) {
                parser.apply(value).ifPresentOrElse(parsed::add, () -> messages.add(fault.formatted(value)));
            }
            return parsed;
        }

        void add(String message) {
            messages.add(message);
        }

        void throwIfAny() {
            if (!messages.isEmpty()) {
                throw new CannotStartException(String.join("\n", messages));
            }
        }
    }
}
