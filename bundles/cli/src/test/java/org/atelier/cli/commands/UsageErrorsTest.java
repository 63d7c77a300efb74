package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsageErrorsTest {

    private static final String HELP = " (atelier generate --help)\n";

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    static Stream<Arguments> values() {
        String option = "atelier: Invalid value for option ";
        return Stream.of(
                error(
                        option + "'--cfg-scale': '5,5' is not a number; write a decimal point, not a comma",
                        "--cfg-scale",
                        "5,5"),
                error(option + "'--guidance-scale': 'high' is not a number", "--guidance-scale=high"),
                error(option + "'-o': the name is empty; give a file or folder, or omit the option", "-o", ""),
                error(option + "'--out': the name is empty; give a file or folder, or omit the option", "--out="),
                error(
                        option + "'--request': the name is empty; give a file or folder, or omit the option",
                        "--request",
                        " "),
                error(
                        option + "'--seed': '9223372036854775808' is not a whole number from -9223372036854775808 to"
                                + " 9223372036854775807",
                        "--seed",
                        "9223372036854775808"),
                error(option + "'--steps': '2.5' is not a whole number", "--steps", "2.5"),
                error(
                        option + "'--chunk': '3000000000' is not a whole number from -2147483648 to 2147483647",
                        "--chunk",
                        "3000000000"),
                error(
                        "atelier: --sampler-option eta is given more than once; give it once",
                        "--sampler-option",
                        "eta=1",
                        "--sampler-option",
                        "eta=0"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void namesTheOptionAsItWasWritten(String message, List<String> arguments) {
        String[] all = Stream.concat(Stream.of("generate", "a house"), arguments.stream())
                .toArray(String[]::new);
        assertEquals(2, line.run(all));
        assertEquals(message + HELP, line.err());
        assertNull(line.studio.request);
    }

    @Test
    void listsEveryErrorOfTheCommandLine() {
        assertEquals(2, line.run("generate", "a house", "--cfg-scale", "x", "--steps", "y", "--out", "", "--nosuch"));
        assertEquals(4, line.err().lines().count(), line.err());
    }

    @Test
    void listsTheFaultsOfOptionsAndOfTheRequestTogether() {
        line.studio.fault = new AtelierException(Code.INVALID_REQUEST, "The steps must be 1 or more, not 0.");
        line.studio.refusesToOpen = true;
        int code = line.run(
                "generate",
                "a house",
                "--steps=0",
                "--reference-prompt=a tile",
                "--control-scale=3",
                "--control-option=canny.low=1",
                "--context-option=speech.language=de",
                "--context-for=set");
        assertEquals(2, code);
        assertEquals("""
                atelier: There are 1 --reference-prompt for 0 --reference; give at most one for each.
                atelier: --context-option requires KIND.NAME=VALUE with a kind that is in use, not 'speech.language=de'.
                atelier: --context-for requires a context, such as --picture; omit it.
                atelier: --control-scale requires --control.
                atelier: --control-option requires KIND.NAME=VALUE with a kind that is in use, not 'canny.low=1'.
                atelier: The steps must be 1 or more, not 0.
                """, line.err());
    }

    @Test
    void aDryRunNamesValuesWithoutEffect() {
        line.studio.unusedValues = List.of("The set has no control, so control-guess has no effect.");
        assertEquals(0, line.run("generate", "a house", "--control-guess", "--dry-run"));
        assertEquals("The set has no control, so control-guess has no effect.\n", line.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | --out=there                     | --out has",
                "generate | --save-style=pop.style --out x  | --out and --save-style have",
                "submit   | --detach --out x                | --detach and --out have"
            })
    void aDryRunNamesOptionsOfTheOutput(String command, String options, String expected) {
        List<String> arguments = new ArrayList<>(List.of(command, "a house", "--dry-run"));
        arguments.addAll(List.of(options.split(" ")));
        assertEquals(0, line.run(arguments.toArray(String[]::new)));
        assertEquals("--dry-run generates no images, so " + expected + " no effect.\n", line.err());
    }

    private static Arguments error(String message, String... arguments) {
        return Arguments.of(message, Arrays.asList(arguments));
    }
}
