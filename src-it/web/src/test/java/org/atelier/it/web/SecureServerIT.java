package org.atelier.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with the properties that the launcher sets, on every address of this machine, and a token of the user. */
@Timeout(120)
class SecureServerIT {

    private static final String PASSWORD = "battery-staple";
    private static final String TOKEN = "correct-horse-battery";

    @Test
    void servesTheClientOverHttps(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("data"));
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        Path keystore = keystore(home.resolve("server.p12"));
        Map<String, String> properties = Map.ofEntries(
                Map.entry("org.apache.felix.http.host", "0.0.0.0"),
                Map.entry("org.apache.felix.http.enable", "false"),
                Map.entry("org.apache.felix.https.enable", "true"),
                Map.entry("org.osgi.service.http.port.secure", "0"),
                Map.entry("org.apache.felix.https.keystore", keystore.toString()),
                Map.entry("org.apache.felix.https.keystore.type", "pkcs12"),
                Map.entry("org.apache.felix.https.keystore.password", PASSWORD),
                Map.entry("org.apache.felix.https.keystore.key.password", PASSWORD),
                Map.entry("atelier.certificates", digest(keystore)),
                Map.entry("atelier.token", TOKEN));
        try (TestFramework framework = TestFramework.start(home, properties, WebBundleIT.BUNDLES)) {
            assertEquals(
                    List.of(
                            "https 127.0.0.1",
                            "token: " + TOKEN,
                            "followed: COMPLETED 2 images",
                            "of who trusts known issuers only: no connection",
                            "another certificate: SERVICE_UNREACHABLE"),
                    framework.inside(SecureAccess.class, Caller.class));
        }
    }

    private static Path keystore(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=studio.example",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        return file;
    }

    private static String digest(Path keystore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("pkcs12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(store.getCertificate("server").getEncoded()));
    }
}
