package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @ParameterizedTest
    @EnumSource(Code.class)
    void printsOneLineForEachFault(Code code) {
        line.studio.fault = new AtelierException(code, "First fault.\nSecond fault.");

        int exit = line.run("generate", "a house");

        assertTrue(exit >= 2, "exit code " + exit);
        assertEquals("atelier: First fault.\natelier: Second fault.\n", line.err());
        assertEquals("", line.out());
    }

    @Test
    void documentsItsExitCodes() {
        assertEquals(0, line.run("generate", "--help"));
        String help = line.out();

        for (Code code : Code.values()) {
            assertTrue(
                    help.lines().anyMatch(line -> line.strip().startsWith(ExitCode.of(code) + " ")),
                    code + "\n" + help);
        }
    }

    @Test
    void printsTheDefaultsOfRequestsInTheHelp() {
        line.run("generate", "--help");
        String help = line.out().replaceAll("\\s+", " ");

        assertTrue(help.contains("Denoising steps. Default: 41."), help);
        assertTrue(help.contains("1 or less disables guidance. Default: what suits."), help);
        assertTrue(help.contains("for all or one for each --control. Default: 0.7."), help);
    }

    @Test
    void reportsAnUnexpectedErrorAndWhereToLook() {
        line.studio.fault = new IllegalStateException("boom");

        assertEquals(1, line.run("generate", "a house"));

        assertTrue(
                line.err()
                        .contains("atelier: unexpected error: java.lang.IllegalStateException: boom; the"
                                + " stack trace is in the log"),
                line.err());
    }

    @Test
    void reportsAnErrorIfABundleLacksAClass() {
        line.studio.whileGenerating = () -> {
            throw new NoClassDefFoundError("org/example/Missing");
        };

        assertEquals(1, line.run("generate", "a house"));

        assertTrue(
                line.err().contains("atelier: unexpected error: java.lang.NoClassDefFoundError: org/example/Missing"),
                line.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a caf\uFFFD", "a \uD83D fish"})
    void refusesArgumentsThatTheLocaleCouldNotDecode(String damaged) {
        assertEquals(2, line.run("generate", "a house", damaged));

        assertTrue(line.err().startsWith("atelier: Argument 3, "), line.err());
        assertTrue(line.err().contains("set LC_ALL to an installed UTF-8 locale"), line.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate|a|--stpes|4",
                "generate|a|--steps|many",
                "generate|a|--size|12",
                "generate|a|--seed",
                "generate|a|--attention-option|level",
                "inspect",
                "draw",
                ""
            })
    void rejectsInvalidArgumentsWithOneLine(String words) {
        assertEquals(2, line.run(words.isEmpty() ? new String[0] : words.split("\\|")));

        assertTrue(line.err().startsWith("atelier: "), line.err());
        assertEquals(1, line.err().lines().count(), line.err());
        assertEquals("", line.out());
    }

    @Test
    void suggestsASimilarOption() {
        line.run("generate", "a", "--stpes", "4");

        assertTrue(line.err().contains("--steps"), line.err());
    }

    @Test
    void printsTheVersion() {
        assertEquals(0, line.run("--version"));

        assertEquals("Atelier 1.2.3\n", line.out());
    }

    @Test
    void printsTheHelp() {
        assertEquals(0, line.run("help", "generate"));
        assertTrue(line.out().contains("--attention-option"), line.out());
        assertEquals(0, line.run("--help"));
        assertTrue(line.out().contains("inspect"), line.out());
    }
}
