package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The included captioner finds the words from which sketchbook generated an image. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class CaptionIT {

    /** An object and a style each; colours are left to chance. */
    private static final List<List<String>> WORDS = List.of(
            List.of("a house", "stained glass"),
            List.of("a fish", "woodcut print"),
            List.of("a tree", "blueprint"),
            List.of("a star", "pop art"),
            List.of("a cat", "pixel art"),
            List.of("a boat", "stained glass"),
            List.of("a flower", "woodcut print"),
            List.of("a castle", "paper cutout"),
            List.of("a rocket", "pop art"),
            List.of("a mushroom", "neon sign"));

    /** Of twenty words and phrases. */
    private static final int MOST_MISSING = 4;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void findsEightWordsOfTen(SetServer server) throws Exception {
        String items = WORDS.stream()
                .map(words -> "- " + String.join(", ", words) + "\n")
                .collect(Collectors.joining());
        server.generate(folder.resolve("set"), "attention: none\nsteps: 20\nseed: 1\nitems:\n" + items);
        List<String> describe = new ArrayList<>(List.of("describe"));
        for (int i = 0; i < WORDS.size(); i++) {
            describe.addAll(List.of("--picture", "set/%03d.png".formatted(i)));
        }

        List<String> captions = succeed(describe)
                .lines()
                .filter(line -> line.startsWith("picture "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();

        assertEquals(WORDS.size(), captions.size(), captions.toString());
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            for (String word : WORDS.get(i)) {
                if (!captions.get(i).contains(word.replaceFirst("^a ", "") + ",")
                        && !captions.get(i).endsWith(word)) {
                    missing.add(word + " is not in: " + captions.get(i));
                }
            }
        }
        assertTrue(missing.size() <= MOST_MISSING, missing.toString());
    }

    private String succeed(List<String> arguments) throws Exception {
        Run run = distribution.begin(folder, arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }
}
