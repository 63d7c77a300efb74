package org.atelier.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiError;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The token that clients of the APIs must send. It is compared in constant time. */
@Component(service = AccessToken.class)
public final class AccessToken {

    private static final String BEARER = "bearer";
    private static final String BASIC = "basic";

    private final byte[] token;

    @Activate
    public AccessToken(BundleContext context) {
        this(DataFiles.of(context).token());
    }

    private AccessToken(String token) {
        this.token = bytes(token);
    }

    /** @param token that requests must carry */
    public static AccessToken of(String token) {
        return new AccessToken(token);
    }

    /** @throws ApiError with status 401 unless the request carries the token as Bearer */
    public void require(HttpServletRequest request) {
        if (credentials(request, BEARER).filter(this::matches).isEmpty()) {
            throw ApiError.ofToken(
                    "The request lacks a valid token; send 'Authorization: Bearer TOKEN' with the content of the file"
                            + " 'token' in the data folder.",
                    "Bearer");
        }
    }

    /** @throws ApiError with status 401 unless the request carries the token as Bearer, or as the password of any user */
    public void requireBearerOrPassword(HttpServletRequest request) {
        boolean known = credentials(request, BEARER).filter(this::matches).isPresent()
                || credentials(request, BASIC)
                        .flatMap(AccessToken::password)
                        .filter(this::matches)
                        .isPresent();
        if (!known) {
            throw ApiError.ofToken(
                    "The request lacks a valid token; give the content of the file 'token' in the data folder as the"
                            + " password, with any user name, or send 'Authorization: Bearer TOKEN'.",
                    "Basic realm=\"Atelier\", charset=\"UTF-8\"");
        }
    }

    /** Returns the user name of Basic authentication, which is not checked; empty if there is none. */
    public static Optional<String> user(HttpServletRequest request) {
        return credentials(request, BASIC)
                .flatMap(AccessToken::userAndPassword)
                .map(pair -> pair.substring(0, pair.indexOf(':')))
                .filter(name -> !name.isBlank());
    }

    private boolean matches(String candidate) {
        return MessageDigest.isEqual(token, bytes(candidate));
    }

    private static Optional<String> credentials(HttpServletRequest request, String scheme) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return header.toLowerCase(Locale.ROOT).startsWith(scheme + " ")
                ? Optional.of(header.substring(scheme.length() + 1).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        return userAndPassword(encoded).map(pair -> pair.substring(pair.indexOf(':') + 1));
    }

    /** Decodes {@code USER:PASSWORD}; empty if it is malformed. */
    private static Optional<String> userAndPassword(String encoded) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                    .filter(pair -> pair.contains(":"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
