package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningFrameworkTest {

    private final Path home;
    private final RunningFramework framework;

    RunningFrameworkTest(@TempDir Path home) {
        this.home = home;
        this.framework = new RunningFramework(new Distribution(home));
    }

    @Test
    void runsTheCommandLineOfABundle() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            assertEquals(2, framework.start().applyAsInt(new String[] {"a", "b"}));
        }
    }

    @Test
    void stopsTheCommandLineFirst() throws IOException {
        new BundleFile("a.before", NotesItsStop.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("z.after", NotesItsStop.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            framework.start();
        }

        List<String> stopped = Files.readAllLines(home.resolve("stopped.txt"));
        assertEquals("front.door", stopped.get(0));
        assertEquals(Set.of("front.door", "a.before", "z.after"), Set.copyOf(stopped));
    }

    @Test
    void closesOnce() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.start();

        framework.close();
        framework.close();

        assertEquals(List.of("front.door"), Files.readAllLines(home.resolve("stopped.txt")));
    }

    @Test
    void doesNotStartOnceClosed() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.close();

        assertEquals("it was told to stop", startFails().getMessage());
    }

    @Test
    void namesTheBundleThatDoesNotResolveAndWhatItLacks() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.canvas", NotesItsStop.class, "org.osgi.framework,no.such.paint")
                .writeTo(home.resolve("bundle/20"));

        CannotStartException fault = startFails();

        assertTrue(fault.getMessage().startsWith("the.canvas: "), fault.getMessage());
        assertTrue(fault.getMessage().contains("no.such.paint"), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void tellsWhyABundleFailed() throws IOException {
        new BundleFile("the.palette", FailsToStart.class).writeTo(home.resolve("bundle/20"));

        assertEquals("the.palette: the paint is dry", startFails().getMessage());
    }

    @Test
    void missesACommandLine() throws IOException {
        new BundleFile("the.canvas", NotesItsStop.class).writeTo(home.resolve("bundle/20"));

        assertTrue(startFails().getMessage().startsWith("no bundle offers a command line"));
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.start();
        Path storage = framework.storage();
        assertTrue(Files.isDirectory(storage));

        framework.close();

        assertTrue(Files.notExists(storage));
    }

    @Test
    void twoRunAtOnce() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework;
                RunningFramework other = new RunningFramework(new Distribution(home))) {
            assertEquals(0, framework.start().applyAsInt(new String[0]));
            assertEquals(1, other.start().applyAsInt(new String[] {"a"}));
        }
    }

    @Test
    void copiesNoBundle() throws IOException {
        new BundleFile("front.door", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            framework.start();
            try (Stream<Path> files = Files.walk(framework.storage())) {
                Set<Path> jars =
                        files.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toSet());
                assertEquals(Set.of(), jars);
            }
        }
    }

    private CannotStartException startFails() {
        try (framework) {
            return assertThrows(CannotStartException.class, framework::start);
        }
    }
}
