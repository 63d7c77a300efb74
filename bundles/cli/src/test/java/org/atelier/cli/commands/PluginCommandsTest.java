package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginCommandsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void listsPlugins() {
        assertEquals(0, line.run("plugins"));

        assertEquals("""
                KIND       NAME    VERSION  BUNDLE              STATE  OPTIONS
                attention  shared  1.2.0    org.example.shared  ready  2
                blend      linear  1.2.0    org.example.linear  ready  0
                metric     linear  1.2.0    org.example.linear  ready  0
                """, line.out());
    }

    @Test
    void listsTheOptionsOfAPlugin() {
        assertEquals(0, line.run("options", "attention.shared"));

        assertEquals("""
                attention.shared: Sharing
                The images see the first.

                OPTION         TYPE           RANGE   DEFAULT
                level          a number       0 to 1  0.0
                adain-queries  true or false          true

                level: How much stays plain.
                """, line.out());
    }

    @Test
    void listsPluginsAndOptionsAsJson() {
        assertEquals(0, line.run("options", "shared", "--json"));

        JsonObject option = JsonParser.parseString(line.out())
                .getAsJsonObject()
                .getAsJsonArray("options")
                .get(0)
                .getAsJsonObject();
        assertEquals("0 to 1", option.get("range").getAsString());
        assertEquals("0.0", option.get("default").getAsString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attention.share | There is no plugin 'attention.share'; did you mean attention.shared?",
                "sahred          | There is no plugin 'sahred'; did you mean attention.shared?",
                "zebra | There is no plugin 'zebra'; available: attention.shared, blend.linear, metric.linear.",
                "linear          | There are several plugins named 'linear'; choose one of blend.linear, metric.linear.",
            })
    void rejectsAnUnknownOrAmbiguousPlugin(String id, String fault) {
        assertEquals(2, line.run("options", id));

        assertEquals("atelier: " + fault + "\n", line.err());
    }
}
