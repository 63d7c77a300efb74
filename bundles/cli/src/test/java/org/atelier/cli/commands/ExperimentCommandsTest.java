package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of {@code evaluate table} and {@code evaluate blends}. */
class ExperimentCommandsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @TempDir
    private Path folder;

    @Test
    void readsThePromptsOfATable() throws IOException {
        Path prompts = Files.writeString(folder.resolve("prompts.txt"), "\uFEFFa cat\r\n\r\n  a bird \n");

        assertEquals(
                0,
                line.run(
                        "evaluate",
                        "table",
                        "--prompts",
                        prompts.toString(),
                        "--seeds",
                        "4",
                        "--attention",
                        "partial",
                        "--attention-option",
                        "level=0.5"),
                line.err());

        assertEquals(Experiment.TABLE, line.evaluator.request.experiment());
        assertEquals(4, line.evaluator.request.seeds());
        assertEquals(
                SetRequest.builder()
                        .prompts("a cat", "a bird")
                        .attention("partial")
                        .attentionOption("level", "0.5")
                        .build(),
                line.evaluator.request.set());
        assertTrue(
                line.evaluator.folder.toString().matches("/home/user/table-\\d{8}-\\d{6}"),
                line.evaluator.folder.toString());
    }

    @Test
    void refusesPromptsInTwoPlaces() throws IOException {
        Path prompts = Files.writeString(folder.resolve("prompts.txt"), "a cat\n");

        assertEquals(2, line.run("evaluate", "table", "a bird", "--prompts", prompts.toString()));

        assertEquals(
                "atelier: Prompts are given both as arguments and by --prompts; give them in one way.\n", line.err());
    }

    @Test
    void refusesAFileWithoutPrompts() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xE9, '\n'});

        line.run("evaluate", "table", "--prompts", empty.toString());
        line.run("evaluate", "table", "--prompts", latin.toString());
        line.run("evaluate", "table", "--prompts", folder.resolve("none.txt").toString());

        List<String> errors = line.err().lines().toList();
        assertEquals("atelier: " + empty + " has no prompts; write one on each line.", errors.get(0));
        assertEquals("atelier: " + latin + " is not UTF-8; save it as UTF-8.", errors.get(1));
        assertTrue(
                errors.get(2).startsWith("atelier: " + folder.resolve("none.txt") + " cannot be read"),
                errors::toString);
    }

    @Test
    void fillsARequestForBlends() {
        assertEquals(
                0,
                line.run(
                        "evaluate",
                        "blends",
                        "--reference",
                        "a.png",
                        "--reference",
                        "/there/b.png",
                        "--reference-prompt",
                        "a cat",
                        "a house"),
                line.err());

        assertEquals(Experiment.BLENDS, line.evaluator.request.experiment());
        assertEquals(
                SetRequest.builder()
                        .prompts("a house")
                        .references(
                                new ReferenceFile("/home/user/a.png", "a cat", 1, null),
                                new ReferenceFile("/there/b.png", "", 1, null))
                        .build(),
                line.evaluator.request.set());
    }

    @Test
    void refusesOtherReferencesThanTwoAndWeights() {
        assertEquals(2, line.run("evaluate", "blends", "--reference", "a.png=0.5"));

        assertEquals("""
                atelier: The comparison of blends needs two references, not 1; give --reference twice.
                atelier: The weights of the references are 0.1 to 0.9 here; give 'a.png=0.5' without one.
                """, line.err());
    }

    @Test
    void refusesOptionsWithoutEffect() {
        assertEquals(
                2, line.run("evaluate", "blends", "--reference", "a.png", "--reference", "b.png", "--blend", "slerp"));
        assertEquals(2, line.run("evaluate", "table", "--reference", "a.png"));
        assertEquals(2, line.run("evaluate", "ablation", "--style", "", "--attention", "full"));
    }
}
