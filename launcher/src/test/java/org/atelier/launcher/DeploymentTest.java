package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** How a server follows jars that are added, changed and removed. */
@Timeout(60)
class DeploymentTest {

    private static final String FRAMEWORK = "org.osgi.framework";
    private static final String NEEDS_GLUE = FRAMEWORK + ",org.example.glue";

    @TempDir
    private Path home;

    private Path deploy;
    private Framework framework;
    private Deployment deployment;
    private final RecordedLog log = new RecordedLog();
    private final List<String> warnings = log.warnings();

    @BeforeEach
    void startAFramework() throws Exception {
        System.setProperty(Deployment.START_TIMEOUT, "1");
        deploy = Files.createDirectory(home.resolve("deploy"));
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        home.resolve("storage").toString(),
                        "felix.log.level",
                        "0",
                        Launcher.HOME,
                        home.toString()));
        framework.start();
        deployment = new Deployment(deploy, framework.getBundleContext(), log);
        deployment.install();
        deployment.start();
    }

    @AfterEach
    void stopIt() throws Exception {
        System.clearProperty(Deployment.START_TIMEOUT);
        boolean stuck = deployment.stopFollowing();
        framework.stop();
        framework.waitForStop(stuck ? 1 : 10_000);
    }

    @Test
    void startsReplacesAndRemovesAJar() throws Exception {
        BundleFile canvas = new BundleFile("canvas", RecordsItsStop.class);

        canvas.writeTo(deploy);
        scanUntil(() -> runs("canvas", "0.0.0"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> runs("canvas", "1.0.0"));
        Files.delete(deploy.resolve("canvas.jar"));
        scanUntil(() -> bundle("canvas") == null && log.notes().size() == 4);

        assertEquals(List.of(), warnings);
        assertEquals(
                List.of(
                        "deploy/canvas.jar runs: canvas 0.0.0",
                        "deploy/canvas.jar was replaced: canvas 1.0.0, before canvas 0.0.0",
                        "deploy/canvas.jar runs: canvas 1.0.0",
                        "deploy/canvas.jar was removed: canvas 1.0.0"),
                log.notes());
    }

    @Test
    void ignoresAJarThatStillChanges() throws Exception {
        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);
        deployment.scan();
        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);
        deployment.scan();
        assertEquals(null, bundle("canvas"));

        deployment.scan();

        await(() -> runs("canvas"));
    }

    /** Also when its jar is removed. */
    @Test
    void aJarThatNeverStartsBlocksNoOther() throws Exception {
        new BundleFile("a.loop", NeverStarts.class).writeTo(deploy);
        scanUntil(() -> state("a.loop") == Bundle.STARTING);
        BundleFile canvas = new BundleFile("canvas", RecordsItsStop.class);

        canvas.writeTo(deploy);
        scanUntil(() -> runs("canvas", "0.0.0"));
        scanUntil(() -> !warnings.isEmpty());
        Files.delete(deploy.resolve("a.loop.jar"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> runs("canvas", "1.0.0"));
        Files.delete(deploy.resolve("canvas.jar"));
        scanUntil(() -> bundle("canvas") == null);
        scanUntil(() -> warnings.size() > 1);

        assertEquals(Bundle.STARTING, state("a.loop"));
        assertEquals(
                List.of(
                        "deploy/a.loop.jar is left out: it has not started within 1 s",
                        "deploy/a.loop.jar was removed while it is still starting; this takes effect when its start ends or"
                                + " Atelier is restarted"),
                warnings);
    }

    @Test
    void aWaitingStartIsInterruptedAndReplaced() throws Exception {
        new BundleFile("canvas", WaitsToStart.class).writeTo(deploy);
        scanUntil(() -> !warnings.isEmpty());
        assertEquals(List.of("deploy/canvas.jar is left out: it has not started within 1 s"), warnings);

        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);

        scanUntil(() -> runs("canvas"));
    }

    @Test
    void reportsNothingForTwoNewJarsThatNeedEachOther() throws Exception {
        new BundleFile("a.needy", RecordsItsStop.class, NEEDS_GLUE).writeTo(deploy);
        glue().writeTo(deploy);
        scanUntil(() -> runs("glue") && runs("a.needy"));
        deployment.scan();
        deployment.scan();

        assertEquals(List.of(), warnings);
    }

    @Test
    void startsAJarWhenItsDependencyIsAdded() throws Exception {
        new BundleFile("a.needy", RecordsItsStop.class, NEEDS_GLUE).writeTo(deploy);
        scanUntil(() -> !warnings.isEmpty());
        assertTrue(warnings.get(0).contains("org.example.glue"), warnings.toString());

        glue().writeTo(deploy);

        scanUntil(() -> runs("a.needy"));
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void reportsAFailureOnceUntilTheJarChanges() throws Exception {
        new BundleFile("palette", FailsToStart.class).writeTo(deploy);
        scanUntil(() -> !warnings.isEmpty());

        glue().writeTo(deploy);
        scanUntil(() -> runs("glue"));
        for (int scan = 0; scan < 5; scan++) {
            deployment.scan();
        }
        assertEquals(List.of("deploy/palette.jar is left out: the paint is dry"), warnings);

        new BundleFile("palette", RecordsItsStop.class).writeTo(deploy);
        scanUntil(() -> runs("palette"));
    }

    @Test
    void restartsBundlesThatAreWiredToAReplacedOne() throws Exception {
        glue().writeTo(deploy);
        new BundleFile("needy", RecordsItsStop.class, NEEDS_GLUE).writeTo(deploy);
        scanUntil(() -> runs("needy"));
        BundleWiring before = bundle("needy").adapt(BundleWiring.class);

        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> runs("glue", "1.0.0") && runs("needy") && !before.isInUse());
        Files.delete(deploy.resolve("glue.jar"));
        scanUntil(() -> bundle("glue") == null && state("needy") == Bundle.INSTALLED);
    }

    /** Rewiring it would block the whole framework. */
    @Test
    void keepsABundleThatNeverStartsWiredToTheOldOne() throws Exception {
        glue().writeTo(deploy);
        new BundleFile("loop", NeverStarts.class, NEEDS_GLUE).writeTo(deploy);
        scanUntil(() -> state("loop") == Bundle.STARTING);

        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> runs("glue", "1.0.0"));
        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);
        scanUntil(() -> runs("canvas") && warnings.size() == 2);

        assertEquals(
                Set.of(
                        "deploy/loop.jar is left out: it has not started within 1 s",
                        "deploy/glue.jar has changed; bundles that are wired to it and still starting use the old version until"
                                + " Atelier is restarted"),
                Set.copyOf(warnings));
    }

    @Test
    void attachesAFragmentAndDoesNotStartIt() throws Exception {
        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);
        scanUntil(() -> runs("canvas"));

        new BundleFile("frame", RecordsItsStop.class, FRAMEWORK)
                .with(Constants.FRAGMENT_HOST, "canvas")
                .writeTo(deploy);
        scanUntil(() -> runs("canvas") && fragmentsOf("canvas") == 1);

        assertEquals(Bundle.RESOLVED, state("frame"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void rewiresAnOptionalDependencyWhenItIsAdded() throws Exception {
        String optional = NEEDS_GLUE + ";resolution:=optional";
        new BundleFile("canvas", RecordsItsStop.class, optional).writeTo(deploy);
        scanUntil(() -> runs("canvas"));
        BundleWiring without = bundle("canvas").adapt(BundleWiring.class);

        glue().writeTo(deploy);

        scanUntil(() -> !without.isInUse() && runs("canvas"));
        assertTrue(bundle("canvas").adapt(BundleWiring.class).getRequiredWires(null).stream()
                .anyMatch(wire -> wire.getProvider().getSymbolicName().equals("glue")));
    }

    @Test
    void followsARenamedJar() throws Exception {
        new BundleFile("canvas", RecordsItsStop.class).writeTo(deploy);
        scanUntil(() -> runs("canvas"));

        Files.move(deploy.resolve("canvas.jar"), deploy.resolve("a.jar"));

        scanUntil(() -> runs("canvas") && bundle("canvas").getLocation().endsWith("/a.jar"));
    }

    @Test
    void keepsAManuallyStoppedBundleStopped() throws Exception {
        BundleFile canvas = new BundleFile("canvas", RecordsItsStop.class);
        canvas.writeTo(deploy);
        scanUntil(() -> runs("canvas"));

        bundle("canvas").stop();
        glue().writeTo(deploy);
        scanUntil(() -> runs("glue"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> "1.0.0".equals(bundle("canvas").getVersion().toString()));
        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        scanUntil(() -> runs("glue", "1.0.0"));

        assertFalse(runs("canvas"));
    }

    private static BundleFile glue() {
        return new BundleFile("glue", RecordsItsStop.class).with(Constants.EXPORT_PACKAGE, "org.example.glue");
    }

    private void scanUntil(BooleanSupplier condition) throws Exception {
        await(() -> {
            deployment.scan();
            return condition.getAsBoolean();
        });
    }

    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            assertFalse(
                    Thread.interrupted(),
                    () -> "the condition is not met: "
                            + Arrays.toString(framework.getBundleContext().getBundles()) + warnings);
            Thread.onSpinWait();
        }
    }

    private Bundle bundle(String name) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    private int state(String name) {
        Bundle bundle = bundle(name);
        return bundle == null ? Bundle.UNINSTALLED : bundle.getState();
    }

    private boolean runs(String name) {
        return state(name) == Bundle.ACTIVE;
    }

    private boolean runs(String name, String version) {
        return runs(name) && bundle(name).getVersion().toString().equals(version);
    }

    private int fragmentsOf(String name) {
        // Null while a refresh replaces the wiring.
        List<BundleWire> wires = bundle(name).adapt(BundleWiring.class).getProvidedWires(HostNamespace.HOST_NAMESPACE);
        return wires == null ? 0 : wires.size();
    }
}
