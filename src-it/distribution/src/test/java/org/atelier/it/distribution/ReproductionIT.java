package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a set says of itself generates it again, and what cannot be generated is refused before anything is written. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class ReproductionIT {

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void generatesTheSameBytesFromAnImage(SetServer server) throws Exception {
        server.generate(folder.resolve("first"), """
                items: [a house, a fish]
                style: pop art
                attention_options: {score-scale: 1.1}
                steps: 2
                width: 64
                height: 64
                """);
        succeed("generate", "--request", "first/001.png", "--out", "second");

        for (String name : new String[] {"000.png", "001.png", "contact-sheet.png", "set.json"}) {
            assertArrayEquals(bytes("first", name), bytes("second", name), name);
        }
        assertTrue(Files.readString(folder.resolve("first/set.json")).contains("\"score-scale\": 1.1"));
    }

    @Test
    void resolvesEveryOptionOfAPlugin() throws Exception {
        String resolved = succeed("generate", "a house", "--dry-run", "--attention-option", "level=1")
                .out();

        for (String option : new String[] {
            "\"adain-queries\": true",
            "\"adain-keys\": true",
            "\"adain-values\": false",
            "\"share-group-norm\": false",
            "\"share-layer-norm\": false",
            "\"score-scale\": 1.0",
            "\"score-shift\": 0.0",
            "\"level\": 1.0"
        }) {
            assertTrue(resolved.contains(option), resolved);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attention: partial; attention_options: {of: mosaic} | There is no attention 'mosaic'; available:",
                "attention: partial; attention_options: {layers: [down9]} | has no self-attention block 'down9';"
                        + " available: down1",
                "attention_options: {exclude: [fish]} | looks for 'fish' in the reference, but its prompt is \"house",
                "width: 130 | The width must be a multiple of",
            })
    void refusesInOneLineAndWritesNothing(String fields, String expected, SetServer server) throws Exception {
        server.assertRefused(folder.resolve("set"), "items: [house]\n" + fields.replace("; ", "\n"), expected);
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws Exception {
        Files.createFile(folder.resolve("taken"));

        Run run = distribution.begin(folder, "generate", "house", "--out", "taken/set");

        assertEquals(4, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("atelier: ") && run.err().contains("taken/set cannot be written"), run.err());
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = distribution.begin(folder, arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private byte[] bytes(String set, String name) throws IOException {
        return Files.readAllBytes(folder.resolve(set).resolve(name));
    }
}
