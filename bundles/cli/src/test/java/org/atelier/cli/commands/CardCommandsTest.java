package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CardCommandsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void generatesInTheStyleOfACard() {
        assertEquals(0, line.run("generate", "a boat", "--style-card", "pop.style", "--chunk", "2"));

        assertEquals(
                CommandLineOnFakes.CARD.newRequest().toBuilder()
                        .prompts("a boat")
                        .chunk(2)
                        .build(),
                line.studio.request);
        assertEquals("pop art", line.studio.request.style());
        assertNull(line.studio.request.seed());
    }

    @Test
    void passesTheCardToWrite() {
        assertEquals(0, line.run("generate", "a boat", "--save-style", "pop.style"));

        assertEquals(Path.of("/home/user/pop.style"), line.studio.styleCard);
        assertTrue(line.out().contains("style card: /home/user/pop.style\n"), line.out());
    }

    @Test
    void rejectsACardCombinedWithARequest() {
        assertEquals(2, line.run("generate", "--style-card", "pop.style", "--request", "set.json"));

        assertTrue(
                line.err().contains("name the card in the request file (\"card\": {\"file\": \"pop.style\"})"),
                line.err());
    }

    @Test
    void printsTheContentsOfACard() {
        assertEquals(0, line.run("inspect", "pop.style"));

        assertTrue(line.out().startsWith("style card       pop.style, written by Atelier 1.0.0\n"), line.out());
        assertTrue(
                line.out()
                        .contains(
                                "reference        image 0 of the first set, generated again in each new set: a cat, pop art\n"),
                line.out());
        assertTrue(
                line.out().contains("first set        a cat (seed 7)\n                 a bird (seed 8)\n"), line.out());
    }

    @Test
    void printsTheContentsOfACardAsJson() {
        assertEquals(0, line.run("inspect", "pop.style", "--json"));

        JsonObject card = JsonParser.parseString(line.out()).getAsJsonObject().getAsJsonObject("style_card");
        assertEquals("toy", card.get("model").getAsString());
        assertEquals("abcdef", card.get("model_identity").getAsString());
        assertTrue(card.has("request"));
    }
}
