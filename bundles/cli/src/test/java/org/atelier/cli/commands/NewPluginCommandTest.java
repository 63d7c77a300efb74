package org.atelier.cli.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginProjectRequest;
import org.atelier.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class NewPluginCommandTest {

    private static final PluginCatalog CATALOG = () ->
            List.of(plugin("attention", "shared", "org.atelier.attention.shared"), plugin("blend", "mine", "mine"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeProjects projects = new FakeProjects();

    @Test
    void createsAProjectInAFolderWithItsName() {
        assertEquals(0, run("attention", "my-style"));

        assertEquals(
                List.of(new PluginProjectRequest(
                        "attention", "my-style", "org.example", null, Path.of("/home/user/my-style"))),
                projects.asked);
        assertEquals("/home/user/my-style\n", out.toString(UTF_8));
        assertEquals("""
                Next:
                  cd /home/user/my-style && mvn package && cp target/my-style-1.0.0.jar '/opt/my atelier/deploy'/
                  '/opt/my atelier/bin/atelier' generate "a house" "a fish" --style "stained glass" --attention my-style
                """, err.toString(UTF_8));
    }

    @Test
    void usesTheGivenFolderGroupAndPackage() {
        assertEquals(0, run("blend", "mine", "--out", "../b", "--group", "org.other", "--package", "org.other.b"));

        assertEquals(
                List.of(new PluginProjectRequest(
                        "blend", "mine", "org.other", "org.other.b", Path.of("/home/user/../b"))),
                projects.asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attention | --attention my-own",
                "blend | --blend my-own",
                "context | --context my-own=today",
                "control | --control my-own=drawing.png",
                "metric | options metric.my-own",
                "sampler | --sampler my-own"
            })
    void printsACommandToTryThePlugin(String kind, String words) {
        run(kind, "my-own");

        assertTrue(err.toString(UTF_8).contains(words), err.toString(UTF_8));
    }

    @Test
    void rejectsTheNameOfABuiltInPlugin() {
        assertEquals(1, run("attention", "shared"));
        assertEquals(
                "Atelier already includes a plugin 'attention.shared'; choose another name.\n", err.toString(UTF_8));
        assertTrue(projects.asked.isEmpty());
    }

    private int run(String... arguments) {
        PrintStream errors = new PrintStream(err, true, UTF_8);
        Terminal terminal = new Terminal(Path.of("/home/user"), new PrintStream(out, true, UTF_8), 0, errors, 0);
        return new CommandLine(new NewPluginCommand(projects, CATALOG, terminal))
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    errors.println(fault.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    private static PluginDescription plugin(String kind, String name, String bundle) {
        return new PluginDescription(kind, name, "1.0.0", bundle, "ready", "", "", List.of());
    }
}
