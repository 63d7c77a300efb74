package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    private Path home;

    @Test
    void listsBundlesByLevelThenName() throws IOException {
        Path scr = jar("bundle/10/scr.jar");
        Path log = jar("bundle/05/log.jar");
        Path cli = jar("bundle/30/cli.jar");
        Path api = jar("bundle/30/api.jar");

        assertEquals(
                List.of(
                        new Distribution.Part(5, log),
                        new Distribution.Part(10, scr),
                        new Distribution.Part(30, api),
                        new Distribution.Part(30, cli)),
                new Distribution(home).parts(40));
    }

    @Test
    void skipsBundlesAboveALevel() throws IOException {
        Path cli = jar("bundle/30/cli.jar");
        jar("bundle/50/web.jar");

        assertEquals(List.of(new Distribution.Part(30, cli)), new Distribution(home).parts(40));
        assertEquals(2, new Distribution(home).parts(50).size());
    }

    @Test
    void listsFoldersAsBundles() throws IOException {
        Path library = Files.createDirectories(home.resolve("bundle/20/org.atelier.libs.djl"));

        assertEquals(List.of(new Distribution.Part(20, library)), new Distribution(home).parts(40));
    }

    @Test
    void refusesAFolderThatIsNotAStartLevel() throws IOException {
        jar("bundle/plugins/mine.jar");

        assertFault("not named by a start level");
    }

    @Test
    void refusesAnIncompleteDistribution() throws IOException {
        assertFault("cannot be read");

        Files.createDirectories(home.resolve("bundle"));
        assertFault("no bundles");
    }

    private void assertFault(String part) {
        CannotStartException fault = assertThrows(CannotStartException.class, () -> new Distribution(home).parts(40));
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
    }

    private Path jar(String path) throws IOException {
        Path jar = home.resolve(path);
        Files.createDirectories(jar.getParent());
        return Files.createFile(jar);
    }
}
