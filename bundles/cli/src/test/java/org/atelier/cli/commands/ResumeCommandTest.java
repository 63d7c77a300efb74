package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resuming an interrupted set. */
class ResumeCommandTest {

    private static final String REMEDY =
            "atelier: Finished images are kept; resume the set with: atelier generate --resume '/home/user/my set'\n";

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    private void cancel() {
        try {
            line.cancellation.request(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resumesTheSetOfAFolder() {
        line.studio.begun = true;

        assertEquals(0, line.run("generate", "--resume", "my set"));

        assertEquals(Path.of("/home/user/my set"), line.studio.resumed);
        assertTrue(line.out().endsWith("/home/user/my set\n"), line.out());
        assertTrue(line.err().contains("Generating 1 image"), line.err());
    }

    @Test
    void printsAsGenerateDoes() {
        line.studio.begun = true;

        assertEquals(0, line.run("generate", "--json", "--quiet", "--resume", "set"));

        assertTrue(line.out().startsWith("{"), line.out());
        assertEquals("", line.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a house", "--steps=3", "--style=pop", "--out=there", "--dry-run", "--reference=a.png"})
    void rejectsOtherOptionsWithResume(String other) {
        line.studio.begun = true;

        assertEquals(2, line.run("generate", "--resume", "set", other));

        assertEquals(
                "atelier: --resume continues a set with its original request: combine it only with --json and --quiet.\n",
                line.err());
        assertNull(line.studio.resumed);
    }

    @Test
    void saysHowToResumeACancelledSet() {
        line.studio.hasSomethingMade = true;
        line.studio.whileGenerating = this::cancel;

        assertEquals(130, line.run("generate", "a house", "--quiet", "--out", "my set"));

        assertEquals("atelier: Cancelled.\n" + REMEDY, line.err());
    }

    @Test
    void saysHowToResumeAFailedSet() {
        line.studio.hasSomethingMade = true;
        line.studio.whileGenerating = () -> {
            throw new AtelierException(Code.OUTPUT_UNWRITABLE, "The disk is full.");
        };

        assertEquals(4, line.run("generate", "a house", "--quiet", "--out", "my set"));

        assertEquals("atelier: The disk is full.\n" + REMEDY, line.err());
    }

    @Test
    void printsNoResumeHintIfNothingWasWritten() {
        line.studio.whileGenerating = this::cancel;

        assertEquals(130, line.run("generate", "a house", "--out", "set"));

        assertFalse(line.err().contains("--resume"), line.err());
    }

    @Test
    void printsNoResumeHintIfTheFolderHadAnotherSet() {
        line.studio.begun = true;
        line.studio.fault = new AtelierException(Code.OUTPUT_UNWRITABLE, "set holds a set that is not finished.");

        assertEquals(4, line.run("generate", "a house", "--out", "set"));

        assertEquals("atelier: set holds a set that is not finished.\n", line.err());
    }
}
