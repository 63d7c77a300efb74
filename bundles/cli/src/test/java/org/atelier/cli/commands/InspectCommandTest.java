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
    void printsWhatAnImageWasMadeFrom() {
        assertEquals(0, line.run("inspect", "inputs.png"));

        assertTrue(line.out().contains("""
                starts from      /in/second.png, denoise 0.5
                mask             /in/mask.png, blurred by 4
                control          canny /in/edges.png, scale 0.8, from 0.0 to 0.5 of the steps, by sketchbook-canny
                control          depth /in/depth-2.png, scale 1.0
                region           a tree, where /in/left.png is white
                region           a cup, where /in/right.png is white
                panorama         of windows, stride 64, its ends continue each other
                """), line.out());
        assertTrue(line.out().contains("LoRA             chalk, strength 1.0\n"), line.out());
    }

    @Test
    void printsTheTextsOfAnotherProgram() {
        assertEquals(0, line.run("inspect", "foreign.png"));

        assertTrue(line.out().contains("parameters       a dog\n                 Steps: 20\n"), line.out());
    }
}
