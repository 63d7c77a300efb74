package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.explain.ImagePoint;
import org.atelier.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void fillsARequest() {
        int code = line.run(
                "explain",
                "a cat",
                "it's",
                "--style",
                "pop art",
                "--seed",
                "7",
                "--word",
                "cat",
                "--point",
                "0.5,0.25",
                "--out",
                "here");

        assertEquals(ExitCode.DONE, code, line.err());
        assertEquals(List.of("a cat", "it's"), line.explainer.request.set().prompts());
        assertEquals("pop art", line.explainer.request.set().style());
        assertEquals(List.of("cat"), line.explainer.request.words());
        assertEquals(List.of(new ImagePoint(0.5, 0.25)), line.explainer.request.points());
        assertEquals(
                "atelier explain 'a cat' 'it'\\''s' --style 'pop art' --seed 7 --word cat --point 0.5,0.25",
                line.explainer.request.command());
        assertEquals(Path.of("/home/user/here"), line.explainer.folder);
        assertEquals("/home/user/here/explanation.html\n", line.out());
        assertTrue(line.err().contains("Set 1 of 1: the explained set."), line.err());
        assertTrue(line.err().contains("This model is a toy."), line.err());
    }

    @Test
    void printsJsonAndNamesItsFolder() {
        assertEquals(ExitCode.DONE, line.run("explain", "a cat", "--json", "--quiet"), line.err());

        JsonObject json = JsonParser.parseString(line.out()).getAsJsonObject();
        assertTrue(
                json.get("page").getAsString().matches("/home/user/explain-\\d{8}-\\d{6}/explanation.html"),
                line.out());
        assertEquals(1, json.getAsJsonArray("sets").size());
        assertEquals("", line.err());
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertEquals(ExitCode.INVALID_REQUEST, line.run("explain", "a cat", "--point", "left"));
        assertTrue(line.err().contains("must be X,Y, such as 0.5,0.25, not 'left'"), line.err());
        line.clearErrors();
        assertEquals(ExitCode.INVALID_REQUEST, line.run("explain", "a cat", "--dry-run"));
        assertTrue(line.err().contains("--dry-run has no meaning for an explanation"), line.err());
    }
}
