package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InspectCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void printsHowAnImageWasGenerated() {
        assertEquals(0, line.run("inspect", "001.png"));

        assertTrue(line.out().contains("prompt           a bird, pop art\n"), line.out());
        assertTrue(line.out().contains("seed             8\n"), line.out());
        assertTrue(line.out().contains("score-scale=1.5"), line.out());
    }

    @Test
    void printsTheTextsOfAnotherProgram() {
        assertEquals(0, line.run("inspect", "foreign.png"));

        assertTrue(line.out().contains("parameters       a dog\n                 Steps: 20\n"), line.out());
    }
}
