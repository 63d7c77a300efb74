package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {

    private static final String TOKEN = "correct-horse-battery";
    private static final String PASSWORD = "staple";

    @TempDir
    private Path folder;

    @Test
    void listensOnThisMachineOnly() {
        Map<String, String> properties = listener().properties();

        assertEquals("127.0.0.1", properties.get("org.apache.felix.http.host"));
        assertEquals("true", properties.get("org.apache.felix.http.enable"));
        assertFalse(properties.containsKey(Listener.TOKEN));
    }

    @Test
    void skipsUsedPortsUnlessOneIsGiven() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertFault(() -> listener("--port", port).choosePort(), "port " + port, "--port", "omit it");
        }
        Listener any = listener("--port", "0");
        try (ChosenPort chosen = any.choosePort()) {
            assertEquals(Map.of("org.osgi.service.http.port", "0"), any.property(chosen));
        }
    }

    /** Both find the same ports free, since the HTTP bundle opens them later. */
    @Test
    void serversThatStartTogetherChooseDifferentPorts() {
        Listener server = listener();
        try (ChosenPort first = server.choosePort();
                ChosenPort second = server.choosePort()) {
            assertTrue(first.number() >= Listener.FIRST_PORT);
            assertTrue(second.number() > first.number());
            assertEquals(
                    Map.of("org.osgi.service.http.port", "[%d,7959]".formatted(second.number())),
                    server.property(second));
            String port = Integer.toString(first.number());
            assertFault(() -> listener("--port", port).choosePort(), "port " + port, "another server has chosen it");
        }
    }

    /** The name as it was given, and what the user adds; the token only where the bundle reads it. */
    @Test
    void admitsTheNamesAndOriginsOfTheUser() throws IOException {
        Map<String, String> properties = listener(
                        "--host",
                        "LocalHost",
                        "--token-file",
                        Files.writeString(folder.resolve("token"), TOKEN + "\n").toString(),
                        "--allow-host",
                        "host.docker.internal",
                        "--allow-host",
                        "[FE80::1]",
                        "--allow-origin",
                        "https://App.example:8443")
                .properties();

        assertEquals("localhost,host.docker.internal,fe80::1", properties.get(Listener.HOSTS));
        assertEquals("https://app.example:8443", properties.get(Listener.ORIGINS));
        assertEquals(TOKEN, properties.get(Listener.TOKEN));
    }

    @Test
    void requiresATokenAndEncryptionForOtherMachines() {
        CannotStartException fault = assertThrows(CannotStartException.class, () -> listener("--host", "0.0.0.0"));

        List<String> lines = fault.getMessage().lines().toList();
        assertEquals(2, lines.size(), fault.getMessage());
        assertTrue(lines.get(0).contains("--token-file") && lines.get(0).contains("ATELIER_TOKEN"), lines.get(0));
        assertTrue(lines.get(1).contains("--tls-keystore") && lines.get(1).contains("--insecure"), lines.get(1));
        assertFault(() -> Listener.of(mode(Map.of("ATELIER_TOKEN", TOKEN), "--host", "0.0.0.0")), "unencrypted");
        assertFault(() -> listener("--host", "::", "--insecure"), "token of your own");
        assertEquals(
                "0.0.0.0",
                Listener.of(mode(Map.of("ATELIER_TOKEN", TOKEN), "--host", "0.0.0.0", "--insecure"))
                        .properties()
                        .get("org.apache.felix.http.host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "two words of a passphrase", "sixteen-und-ähnliches"})
    void refusesATokenThatIsNotOne(String token) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), token);

        assertFault(() -> listener("--token-file", file.toString()), "16 to 256 characters");
        assertFault(() -> Listener.of(mode(Map.of("ATELIER_TOKEN", token))), "16 to 256 characters");
    }

    @Test
    void refusesAFileThatHoldsNoSecret() throws IOException {
        Path file = folder.resolve("token");
        assertFault(() -> listener("--token-file", file.toString()), "--token-file", "there is no such file");
        Files.writeString(file, "");
        assertFault(() -> listener("--token-file", file.toString()), "one line");
        Files.writeString(file, TOKEN + "\n" + TOKEN);
        assertFault(() -> listener("--token-file", file.toString()), "one line");
        Files.writeString(file, "x".repeat(1 << 20));
        assertFault(() -> listener("--token-file", file.toString()), "one line");
    }

    @ParameterizedTest
    @CsvSource({
        "--allow-host, http://a, scheme",
        "--allow-host, a:80, scheme",
        "--allow-host, *, scheme",
        "--allow-origin, *, is not an origin",
        "--allow-origin, null, is not an origin",
        "--allow-origin, http://a/path, is not an origin",
        "--host, 192.0.2.1, is not an address of this machine",
        "--host, no.such.host.invalid, cannot be resolved"
    })
    void refusesWhatIsNoHostOrOrigin(String option, String value, String part) {
        assertFault(() -> Listener.of(mode(Map.of("ATELIER_TOKEN", TOKEN), option, value, "--insecure")), part, value);
    }

    @Test
    void speaksHttpsWithAKeystore() throws Exception {
        Path keystore = keystore("server.p12", PASSWORD);
        Listener server =
                Listener.of(mode(Map.of("ATELIER_TLS_PASSWORD", PASSWORD), "--tls-keystore", keystore.toString()));
        Map<String, String> properties = server.properties();

        assertEquals("false", properties.get("org.apache.felix.http.enable"));
        assertEquals("true", properties.get("org.apache.felix.https.enable"));
        assertEquals(keystore.toString(), properties.get("org.apache.felix.https.keystore"));
        assertEquals(PASSWORD, properties.get("org.apache.felix.https.keystore.password"));
        try (ChosenPort chosen = server.choosePort()) {
            assertEquals(
                    Set.of("org.osgi.service.http.port.secure"),
                    server.property(chosen).keySet());
        }
        assertTrue(properties.get(Listener.CERTIFICATES).matches("[0-9a-f]{64}"));
    }

    @Test
    void refusesAKeystoreThatCannotBeUsed() throws Exception {
        String keystore = keystore("server.p12", PASSWORD).toString();
        assertFault(() -> listener("--tls-keystore", keystore), "needs its password", "ATELIER_TLS_PASSWORD");
        assertFault(() -> withPassword("wrong", keystore), "does not open with that password");
        assertFault(() -> withPassword(PASSWORD, folder.resolve("none.p12").toString()), "not a readable keystore");
        String text = Files.writeString(folder.resolve("text.p12"), "Dear sir").toString();
        assertFault(() -> withPassword(PASSWORD, text), "not a readable keystore");
        KeyStore empty = KeyStore.getInstance("pkcs12");
        empty.load(null, null);
        Path file = folder.resolve("empty.p12");
        try (var out = Files.newOutputStream(file)) {
            empty.store(out, PASSWORD.toCharArray());
        }
        assertFault(() -> withPassword(PASSWORD, file.toString()), "no private key");
    }

    private static Listener withPassword(String password, String keystore) {
        return Listener.of(mode(Map.of("ATELIER_TLS_PASSWORD", password), "--tls-keystore", keystore));
    }

    private Path keystore(String name, String password) throws Exception {
        Path file = folder.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        return file;
    }

    private static Listener listener(String... options) {
        return Listener.of(mode(Map.of(), options));
    }

    private static ListenOptions mode(Map<String, String> environment, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "serve";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Mode mode = Mode.of(arguments, environment, Path.of("/home/you"));
        assertTrue(mode.serves());
        return mode.listening();
    }

    private static void assertFault(Runnable start, String... parts) {
        CannotStartException fault = assertThrows(CannotStartException.class, start::run);
        for (String part : parts) {
            assertTrue(fault.getMessage().contains(part), fault.getMessage());
        }
        assertFalse(fault.getMessage().contains(TOKEN), fault.getMessage());
    }
}
