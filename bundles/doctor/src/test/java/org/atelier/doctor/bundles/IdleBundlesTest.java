package org.atelier.doctor.bundles;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleBundlesTest {

    @Test
    void containsBundlesThatAreNotInstalled(@TempDir Path home) throws IOException {
        Path servers = Files.createDirectories(home.resolve("bundle/50"));
        Files.createFile(servers.resolve("org.atelier.queue-0.1.0-SNAPSHOT.jar"));
        Files.createFile(servers.resolve("org.atelier.cli-0.1.0-SNAPSHOT.jar"));

        IdleBundles idle = IdleBundles.in(home, Set.of("org.atelier.cli"));

        assertTrue(idle.read("org.atelier.queue"));
        assertTrue(idle.read("org.atelier.queue.limits"));
        assertFalse(idle.read("org.atelier.queues"));
        assertFalse(idle.read("org.atelier.cli"));
    }

    @Test
    void isEmptyWithoutADistribution(@TempDir Path home) throws IOException {
        assertFalse(IdleBundles.in(home, Set.of()).read("org.atelier.queue"));
    }
}
