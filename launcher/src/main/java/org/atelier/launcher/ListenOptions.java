package org.atelier.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a server listens and whom it admits, as its command line and environment say. {@link Listener} checks it.
 *
 * @param host an address or name of this machine
 * @param port {@code null} for the first free one from {@link Listener#FIRST_PORT} on; 0 for any
 * @param token the token that callers must send, if the user has set one
 * @param keystore {@code null} for none: the server then uses HTTP
 * @param keystorePassword of the keystore and of its keys
 * @param insecure whether other machines may connect without TLS
 * @param allowedHosts further names by which callers may address the server
 * @param allowedOrigins the origins whose web pages may call the server
 */
record ListenOptions(
        String host,
        Integer port,
        Secret token,
        Path keystore,
        Secret keystorePassword,
        boolean insecure,
        List<String> allowedHosts,
        List<String> allowedOrigins) {

    static final String TOKEN_FILE = "--token-file";
    static final String TOKEN_VARIABLE = "ATELIER_TOKEN";
    static final String PASSWORD_FILE = "--tls-password-file";
    static final String PASSWORD_VARIABLE = "ATELIER_TLS_PASSWORD";

    ListenOptions {
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** This machine only, on a given port. */
    static ListenOptions onPort(Integer port) {
        return new ListenOptions(
                "127.0.0.1",
                port,
                Secret.none(TOKEN_FILE, TOKEN_VARIABLE),
                null,
                Secret.none(PASSWORD_FILE, PASSWORD_VARIABLE),
                false,
                List.of(),
                List.of());
    }
}
