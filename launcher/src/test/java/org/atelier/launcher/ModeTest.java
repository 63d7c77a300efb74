package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeTest {

    private static final Path USER = Path.of("/home/you");

    @Test
    void servesInTheUsersDataFolder() {
        assertEquals(
                new Mode(true, USER.resolve(".local/share/atelier"), ListenOptions.onPort(null), false), mode("serve"));
        assertEquals(mode("serve"), mode("serve --open"));
    }

    @Test
    void readsFolderPortAndShell() {
        Mode whole = new Mode(true, Path.of("/srv/atelier"), ListenOptions.onPort(8080), true);

        assertEquals(whole, mode("serve --data /srv/x/../atelier --port 8080 --shell"));
        assertEquals(whole, mode("serve --shell --port=8080 --data=/srv/atelier"));
    }

    @Test
    void readsWhereToListenAndWhomToAdmit() {
        Map<String, String> environment = Map.of("ATELIER_TOKEN", "t", "ATELIER_TLS_PASSWORD", "p");

        ListenOptions options = Mode.of(
                        ("serve --host 0.0.0.0 --tls-keystore /k.p12 --tls-password-file=/p --insecure --allow-host a"
                                        + " --allow-host=b --allow-origin http://c")
                                .split(" "),
                        environment,
                        USER)
                .listening();

        assertEquals(
                new ListenOptions(
                        "0.0.0.0",
                        null,
                        new Secret("--token-file", null, "ATELIER_TOKEN", "t"),
                        Path.of("/k.p12"),
                        new Secret("--tls-password-file", Path.of("/p"), "ATELIER_TLS_PASSWORD", "p"),
                        true,
                        List.of("a", "b"),
                        List.of("http://c")),
                options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate serve",
                "serve --help",
                "serve --data",
                "serve --data --port",
                "serve --port",
                "serve --port many",
                "serve --port 65536",
                "serve --prot 1",
                "serve --port 1 --port 2",
                "serve --host",
                "serve --host --insecure",
                "serve --insecure=1",
                "serve --allow-origin=",
                "serve here"
            })
    void leavesOtherArgumentsToTheCommandLine(String line) {
        Mode mode = mode(line);

        assertFalse(mode.serves());
        assertEquals(40, mode.startLevel());
    }

    @Test
    void startsUpToTheRequiredLevel() {
        assertEquals(40, mode("").startLevel());
        assertEquals(50, mode("serve").startLevel());
        assertEquals(60, mode("serve --shell").startLevel());
    }

    @Test
    void readsTheDataFolderFromTheEnvironment() {
        Map<String, String> shared = Map.of("XDG_DATA_HOME", "/data");

        assertEquals(
                Path.of("/data/atelier"), Mode.of(new String[0], shared, USER).data());
        assertEquals(
                Path.of("/own"),
                Mode.of(new String[0], Map.of("XDG_DATA_HOME", "/data", "ATELIER_DATA", "/own"), USER)
                        .data());
        assertEquals(
                USER.resolve(".local/share/atelier"),
                Mode.of(new String[0], Map.of("XDG_DATA_HOME", "relative", "ATELIER_DATA", ""), USER)
                        .data());
        assertTrue(mode("serve --data here").data().isAbsolute());
    }

    /** Java's home of a user that the system does not know is a question mark. */
    @Test
    void servesNoUserWithoutAHomeUnlessTheFolderIsGiven() {
        Path unknown = Path.of("?");

        CannotStartException refused =
                assertThrows(CannotStartException.class, () -> Mode.of(new String[] {"serve"}, Map.of(), unknown));

        assertTrue(refused.getMessage().contains("ATELIER_DATA"), refused.getMessage());
        assertTrue(Mode.of(new String[] {"serve", "--data", "/srv"}, Map.of(), unknown)
                .serves());
        assertTrue(Mode.of(new String[] {"serve"}, Map.of("ATELIER_DATA", "/srv"), unknown)
                .serves());
    }

    private static Mode mode(String line) {
        return Mode.of(line.isEmpty() ? new String[0] : line.split(" "), Map.of(), USER);
    }
}
