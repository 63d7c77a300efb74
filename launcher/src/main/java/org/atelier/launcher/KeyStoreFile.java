package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A keystore that has been opened with its password, with at least one private key.
 *
 * @param type such as {@code pkcs12}
 * @param certificates the SHA-256 digests of the certificates of its keys, in hexadecimal digits
 */
record KeyStoreFile(Path file, String type, String password, List<String> certificates) {

    /** @throws CannotStartException if the file is not a keystore, the password is wrong, or it has no private key */
    static KeyStoreFile open(Path file, String password) {
        if (!Files.isRegularFile(file)) {
            throw new CannotStartException(
                    "--tls-keystore %s is not a readable keystore: there is no such file".formatted(file));
        }
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            List<String> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) != null) {
                    store.getKey(alias, password.toCharArray());
                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                    certificates.add(HexFormat.of()
                            .formatHex(digest.digest(store.getCertificate(alias).getEncoded())));
                }
            }
            if (certificates.isEmpty()) {
                throw new CannotStartException(
                        "--tls-keystore %s holds no private key with a certificate; see docs/serve.md for how to make one"
                                .formatted(file));
            }
            return new KeyStoreFile(file.toAbsolutePath(), store.getType(), password, certificates);
        } catch (UnrecoverableKeyException e) {
            throw new CannotStartException(
                    "--tls-keystore %s: its key has another password than the keystore; give both the same"
                            .formatted(file),
                    e);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    private static CannotStartException unusable(Path file, Exception fault) {
        return new CannotStartException(
                fault.getCause() instanceof UnrecoverableKeyException
                        ? "--tls-keystore %s does not open with that password; check %s or %s"
                                .formatted(file, ListenOptions.PASSWORD_FILE, ListenOptions.PASSWORD_VARIABLE)
                        : "--tls-keystore %s is not a readable keystore (PKCS12 or JKS): %s"
                                .formatted(file, Fault.of(fault)),
                fault);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return file.toString();
    }
}
