package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A set that runs out of disk space: one clear message, and it resumes when there is space. */
@Timeout(480)
@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedServer.class)
class FullDiskIT {

    /** In half kilobytes, as the shell counts: more than the journal has and less than the checkpoint. */
    private static final int FOR_NO_CHECKPOINT = 24;

    /** More than any image has and less than the contact sheet. */
    private static final int FOR_IMAGES = 50;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    private static String[] generation() {
        return new String[] {
            "generate",
            "a house",
            "a fish",
            "a cat",
            "a boat",
            "--seed=3",
            "--steps=3",
            "--size=64x64",
            "--chunk=2",
            "--sampler=unipc",
            "--quiet",
            "--out=set"
        };
    }

    private static Path undisturbed;

    @BeforeAll
    static void generateUndisturbed(@TempDir Path place, SetServer server) throws Exception {
        undisturbed = server.generate(place.resolve("set"), """
                items: [a house, a fish, a cat, a boat]
                seed: 3
                steps: 3
                width: 64
                height: 64
                chunk: 2
                sampler: unipc
                """);
    }

    @Test
    void keepsFilesAndResumesWhenTheDiskHasRoom() throws Exception {
        Path set = generateWithinFilesOf(FOR_IMAGES, "set/contact-sheet.png");
        assertEquals(List.of("000.png", "001.png", "002.png", "003.png", "set.checkpoint", "set.journal"), names(set));
        assertResumes(set);
    }

    @Test
    void keepsTheRequestIfNoCheckpointFits() throws Exception {
        Path set = generateWithinFilesOf(FOR_NO_CHECKPOINT, "set/set.checkpoint");
        assertEquals(List.of("set.journal"), names(set));
        assertResumes(set);
    }

    /** @return the folder of the set, of which a file did not fit */
    private Path generateWithinFilesOf(int size, String unwritten) throws Exception {
        Run full = distribution.beginWithinFilesOf(size, folder.resolve("full"), generation());
        Path set = folder.resolve("full/set");
        assertEquals(4, full.exitCode(), full.err());
        assertTrue(full.err().contains(unwritten + " cannot be written: "), full.err());
        assertTrue(full.err().contains("resume the set with: atelier generate --resume " + set), full.err());
        return set;
    }

    private void assertResumes(Path set) throws Exception {
        Run resumed = distribution.begin(folder.resolve("full"), "generate", "--resume", "set", "--quiet");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertEquals(names(undisturbed), names(set));
        for (String name : names(undisturbed)) {
            assertArrayEquals(
                    Files.readAllBytes(undisturbed.resolve(name)), Files.readAllBytes(set.resolve(name)), name);
        }
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
