package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunningFrameworkTest {

    private static final Mode COMMAND = new Mode(false, Path.of("/data"), ListenOptions.onPort(0), false);

    private final Path home;
    private final RunningFramework framework;

    RunningFrameworkTest(@TempDir Path home) {
        this.home = home;
        this.framework = new RunningFramework(new Distribution(home), COMMAND);
    }

    @Test
    void runsTheCommandLineOfABundle() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            assertEquals(2, framework.start().applyAsInt(new String[] {"a", "b"}));
        }
    }

    @Test
    void stopsTheCommandLineFirst() throws IOException {
        new BundleFile("a.before", RecordsItsStop.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("z.after", RecordsItsStop.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            framework.start();
        }

        List<String> stopped = Files.readAllLines(home.resolve("stopped.txt"));
        assertEquals("command.line", stopped.get(0));
        assertEquals(Set.of("command.line", "a.before", "z.after"), Set.copyOf(stopped));
    }

    @Test
    void closesOnce() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.start();

        framework.close();
        framework.close();

        assertEquals(List.of("command.line"), Files.readAllLines(home.resolve("stopped.txt")));
    }

    @Test
    void doesNotStartOnceClosed() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.close();

        assertEquals("it was stopped", startFails().getMessage());
    }

    @Test
    void namesTheUnresolvedBundleAndItsMissingPackage() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.canvas", RecordsItsStop.class, "org.osgi.framework,no.such.paint")
                .writeTo(home.resolve("bundle/20"));

        CannotStartException fault = startFails();

        assertTrue(fault.getMessage().startsWith("the.canvas: "), fault.getMessage());
        assertTrue(fault.getMessage().contains("no.such.paint"), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void reportsWhyABundleFailed() throws IOException {
        new BundleFile("the.palette", FailsToStart.class).writeTo(home.resolve("bundle/20"));

        assertEquals("the.palette: the paint is dry", startFails().getMessage());
    }

    @Test
    void reportsAMissingCommandLine() throws IOException {
        new BundleFile("the.canvas", RecordsItsStop.class).writeTo(home.resolve("bundle/20"));

        assertTrue(startFails().getMessage().startsWith("no bundle provides a command line"));
    }

    /** Without it, the process of this test would end. */
    @Test
    void keepsDeployedBundlesFromEndingTheProcess() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.exit", ExitsAtItsStart.class).writeTo(home.resolve("deploy"));
        RecordedLog log = new RecordedLog();
        List<String> warnings = log.warnings();

        try (RunningFramework other = new RunningFramework(new Distribution(home), COMMAND, log)) {
            assertEquals(1, other.start().applyAsInt(new String[] {"a"}));
        }

        assertEquals(
                List.of(
                        "deploy/the.exit.jar is left out: it called System.exit(3), which would end Atelier; a deployed bundle"
                                + " may not do this"),
                warnings);
    }

    @Test
    void isAbandonedOnceAndNotIfItWasClosed() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        RunningFramework other = new RunningFramework(new Distribution(home), COMMAND);
        other.start();
        Path storage = other.storage();

        assertTrue(other.abandon());
        assertFalse(other.abandon());

        assertTrue(Files.notExists(storage));
        assertTrue(Files.notExists(home.resolve("stopped.txt")), "nothing was stopped in order");
        framework.close();
        assertFalse(framework.abandon());
    }

    @Test
    void deletesItsStorage() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        framework.start();
        Path storage = framework.storage();
        assertTrue(Files.isDirectory(storage));

        framework.close();

        assertTrue(Files.notExists(storage));
    }

    @Test
    void aServerDeletesTheStorageOfAKilledOne() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        Path left = Files.createDirectories(server().data().resolve("framework/bundle7/version0.0"));
        Files.writeString(left.resolve("bundle.jar"), "of a plugin that is gone");

        try (RunningFramework server = new RunningFramework(new Distribution(home), server())) {
            server.start();

            assertEquals(server().data().resolve("framework"), server.storage());
            assertTrue(Files.notExists(left));
        }
        assertTrue(Files.notExists(server().data().resolve("framework")));
    }

    @Test
    void runsTwiceAtOnce() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework;
                RunningFramework other = new RunningFramework(new Distribution(home), COMMAND)) {
            assertEquals(0, framework.start().applyAsInt(new String[0]));
            assertEquals(1, other.start().applyAsInt(new String[] {"a"}));
        }
    }

    @Test
    void copiesNoBundle() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (framework) {
            framework.start();
            try (Stream<Path> files = Files.walk(framework.storage())) {
                Set<Path> jars =
                        files.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toSet());
                assertEquals(Set.of(), jars);
            }
        }
    }

    @Test
    void startsDeployedBundles() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("deploy"));

        try (framework) {
            new BundleFile("the.canvas", RecordsItsStop.class).writeTo(home.resolve("bundle/30"));
            assertEquals(1, framework.start().applyAsInt(new String[] {"a"}));
        }
    }

    @Test
    void startsServerBundlesForAServerOnly() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.server", RecordsItsStop.class).writeTo(home.resolve("bundle/50"));
        new BundleFile("the.shell", RecordsItsStop.class).writeTo(home.resolve("bundle/60"));

        try (framework) {
            framework.start();
        }
        assertEquals(Set.of("command.line"), stopped());

        try (RunningFramework server = new RunningFramework(new Distribution(home), server())) {
            server.start();
        }
        assertEquals(Set.of("command.line", "the.server"), stopped());
    }

    @Test
    void namesAUsedPortAndReleasesTheDataFolder() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Mode there = new Mode(true, server().data(), ListenOptions.onPort(taken.getLocalPort()), false);
            try (RunningFramework server = new RunningFramework(new Distribution(home), there)) {
                CannotStartException fault = assertThrows(CannotStartException.class, server::start);
                assertTrue(fault.getMessage().contains("port " + taken.getLocalPort()), fault.getMessage());
            }
        }
        try (RunningFramework elsewhere = new RunningFramework(new Distribution(home), server())) {
            elsewhere.start();
        }
    }

    @Test
    void locksTheDataFolderUntilTheServerHasStopped() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        try (RunningFramework server = new RunningFramework(new Distribution(home), server())) {
            server.start();
            try (RunningFramework second = new RunningFramework(new Distribution(home), server())) {
                CannotStartException fault = assertThrows(CannotStartException.class, second::start);
                String process = Long.toString(ProcessHandle.current().pid());
                assertTrue(fault.getMessage().contains("process " + process), fault.getMessage());
            }
        }
        try (RunningFramework third = new RunningFramework(new Distribution(home), server())) {
            assertEquals(1, third.start().applyAsInt(new String[] {"a"}));
        }
    }

    private Mode server() {
        return new Mode(true, home.resolve("data"), ListenOptions.onPort(0), false);
    }

    private Set<String> stopped() throws IOException {
        return Set.copyOf(Files.readAllLines(home.resolve("stopped.txt")));
    }

    /** An incomplete jar, one that is not a bundle, one that lacks a package, one that fails; everything else continues. */
    @Test
    void reportsInvalidDeployedJars() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        Path deploy = home.resolve("deploy");
        new BundleFile("half", RecordsItsStop.class).writeTo(deploy);
        byte[] whole = Files.readAllBytes(deploy.resolve("half.jar"));
        Files.write(deploy.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(deploy.resolve("letter.jar"), "Dear sir");
        Files.writeString(deploy.resolve("notes.txt"), "no jar");
        try (JarOutputStream plain = new JarOutputStream(Files.newOutputStream(deploy.resolve("plain.jar")))) {
            plain.putNextEntry(new JarEntry("a.txt"));
        }
        new BundleFile("the.canvas", RecordsItsStop.class, "org.osgi.framework,no.such.paint").writeTo(deploy);
        new BundleFile("the.palette", FailsToStart.class).writeTo(deploy);
        new BundleFile("org.atelier.libs.paint", RecordsItsStop.class).writeTo(deploy);
        RecordedLog log = new RecordedLog();
        List<String> warnings = log.warnings();

        try (RunningFramework other = new RunningFramework(new Distribution(home), COMMAND, log)) {
            assertEquals(1, other.start().applyAsInt(new String[] {"a"}));
        }

        List<String> files =
                warnings.stream().map(line -> line.split(" ")[0]).sorted().toList();
        assertEquals(
                List.of(
                        "deploy/half.jar",
                        "deploy/letter.jar",
                        "deploy/org.atelier.libs.paint.jar",
                        "deploy/plain.jar",
                        "deploy/the.canvas.jar",
                        "deploy/the.palette.jar"),
                files);
        assertTrue(
                warnings.contains("deploy/plain.jar is left out: it is not a bundle: its manifest has no"
                        + " Bundle-SymbolicName"),
                warnings.toString());
        assertTrue(
                warnings.contains("deploy/org.atelier.libs.paint.jar is left out: native stacks cannot be deployed;"
                        + " replace it in bundle/20/ and restart Atelier"),
                warnings.toString());
        assertTrue(warnings.contains("deploy/the.palette.jar is left out: the paint is dry"), warnings.toString());
        assertTrue(warnings.stream().anyMatch(line -> line.contains("no.such.paint")), warnings.toString());
    }

    /** Neither the start nor the stop waits for the bundle for long. */
    @Test
    @Timeout(30)
    void aDeployedBundleThatNeverStartsBlocksNothing() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("a.loop", NeverStarts.class).writeTo(home.resolve("deploy"));
        new BundleFile("b.canvas", RecordsItsStop.class).writeTo(home.resolve("deploy"));
        RecordedLog log = new RecordedLog();
        List<String> warnings = log.warnings();
        System.setProperty(Deployment.START_TIMEOUT, "1");

        try (RunningFramework other = new RunningFramework(new Distribution(home), COMMAND, log)) {
            assertEquals(1, other.start().applyAsInt(new String[] {"a"}));
        } finally {
            System.clearProperty(Deployment.START_TIMEOUT);
        }

        assertEquals(List.of("deploy/a.loop.jar is left out: it has not started within 1 s"), warnings);
    }

    @Test
    @Timeout(30)
    void aServerStartsAndStopsInOrderDespiteABundleThatNeverStarts() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.canvas", RecordsItsStop.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("the.server", RecordsItsStop.class).writeTo(home.resolve("bundle/50"));
        new BundleFile("a.loop", NeverStarts.class).writeTo(home.resolve("deploy"));
        System.setProperty(Deployment.START_TIMEOUT, "1");

        try (RunningFramework server = new RunningFramework(new Distribution(home), server())) {
            assertEquals(1, server.start().applyAsInt(new String[] {"a"}));
        } finally {
            System.clearProperty(Deployment.START_TIMEOUT);
        }

        assertEquals(
                List.of("command.line", "the.server", "the.canvas"), Files.readAllLines(home.resolve("stopped.txt")));
    }

    /** Stops before the start exceeds its time limit. */
    @Test
    @Timeout(20)
    void canBeStoppedWhileABundleNeverStarts() throws Exception {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("a.slow.loop", NeverStarts.class).writeTo(home.resolve("deploy"));
        RunningFramework server = new RunningFramework(new Distribution(home), server(), new RecordedLog());
        FutureTask<CannotStartException> start =
                new FutureTask<>(() -> assertThrows(CannotStartException.class, server::start));
        new Thread(start, "a server that starts").start();
        while (!isRunning("start of a.slow.loop")) {
            assertFalse(start.isDone() || Thread.interrupted());
        }

        server.close();

        assertEquals("it was stopped", start.get().getMessage());
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(known -> known.getName().equals(thread));
    }

    @Test
    @Timeout(30)
    void endsWhenAShellStopsTheFrameworkDespiteABundleThatNeverStarts() throws IOException {
        new BundleFile("command.line", StopsTheFramework.class).writeTo(home.resolve("bundle/30"));
        new BundleFile("a.loop", NeverStarts.class).writeTo(home.resolve("deploy"));
        System.setProperty(Deployment.START_TIMEOUT, "1");

        try (RunningFramework server = new RunningFramework(new Distribution(home), server())) {
            assertEquals(0, server.start().applyAsInt(new String[0]));
        } finally {
            System.clearProperty(Deployment.START_TIMEOUT);
        }
    }

    private CannotStartException startFails() {
        try (framework) {
            return assertThrows(CannotStartException.class, framework::start);
        }
    }
}
