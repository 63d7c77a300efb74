package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.cli.terminal.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {

    @ParameterizedTest
    @EnumSource
    void areThoseOfTheCommands(AtelierException.Code code) {
        assertEquals(ExitCode.of(code), ExitCodes.of(code.name().toLowerCase(Locale.ROOT)));
    }
}
