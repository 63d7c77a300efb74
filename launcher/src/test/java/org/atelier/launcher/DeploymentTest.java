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
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.osgi.framework.wiring.BundleWiring;

/** What a server makes of the jars that come into the folder, change there, and go. */
@Timeout(60)
class DeploymentTest {

    private static final String FRAMEWORK = "org.osgi.framework";
    private static final String NEEDS_GLUE = FRAMEWORK + ",org.example.glue";

    @TempDir
    private Path home;

    private Path deploy;
    private Framework framework;
    private Deployment deployment;
    private final List<String> warnings = new CopyOnWriteArrayList<>();

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
        deployment = new Deployment(deploy, framework.getBundleContext(), warnings::add);
        deployment.install();
        deployment.start();
    }

    @AfterEach
    void stopIt() throws Exception {
        System.clearProperty(Deployment.START_TIMEOUT);
        boolean stuck = deployment.endsWithAStart();
        framework.stop();
        framework.waitForStop(stuck ? 1 : 10_000);
    }

    @Test
    void startsWhatComesReplacesItAndTakesItOut() throws Exception {
        BundleFile canvas = new BundleFile("canvas", NotesItsStop.class);

        canvas.writeTo(deploy);
        lookUntil(() -> runs("canvas", "0.0.0"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> runs("canvas", "1.0.0"));
        Files.delete(deploy.resolve("canvas.jar"));
        lookUntil(() -> bundle("canvas") == null);

        assertEquals(List.of(), warnings);
    }

    @Test
    void takesInNothingThatStillChanges() throws Exception {
        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);
        deployment.look();
        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);
        deployment.look();
        assertEquals(null, bundle("canvas"));

        deployment.look();

        await(() -> runs("canvas"));
    }

    /** Whatever happens, and even when its jar is removed. */
    @Test
    void oneThatNeverStartsKeepsNoOther() throws Exception {
        new BundleFile("a.loop", NeverStarts.class).writeTo(deploy);
        lookUntil(() -> state("a.loop") == Bundle.STARTING);
        BundleFile canvas = new BundleFile("canvas", NotesItsStop.class);

        canvas.writeTo(deploy);
        lookUntil(() -> runs("canvas", "0.0.0"));
        lookUntil(() -> !warnings.isEmpty());
        Files.delete(deploy.resolve("a.loop.jar"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> runs("canvas", "1.0.0"));
        Files.delete(deploy.resolve("canvas.jar"));
        lookUntil(() -> bundle("canvas") == null);
        lookUntil(() -> warnings.size() > 1);

        assertEquals(Bundle.STARTING, state("a.loop"));
        assertEquals(
                List.of(
                        "deploy/a.loop.jar is left out: it has not started within 1 s",
                        "deploy/a.loop.jar was taken away while it is still starting: that waits until its start ends, or"
                                + " Atelier is started again"),
                warnings);
    }

    @Test
    void oneThatWaitsIsInterruptedAndReplaced() throws Exception {
        new BundleFile("canvas", WaitsToStart.class).writeTo(deploy);
        lookUntil(() -> !warnings.isEmpty());
        assertEquals(List.of("deploy/canvas.jar is left out: it has not started within 1 s"), warnings);

        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);

        lookUntil(() -> runs("canvas"));
    }

    @Test
    void tellsNothingOfTwoThatComeTogetherAndNeedEachOther() throws Exception {
        new BundleFile("a.needy", NotesItsStop.class, NEEDS_GLUE).writeTo(deploy);
        glue().writeTo(deploy);
        deployment.look();
        deployment.look();
        await(() -> runs("glue"));
        deployment.look();
        await(() -> runs("a.needy"));
        deployment.look();
        deployment.look();

        assertEquals(List.of(), warnings);
    }

    @Test
    void startsWhatLackedSomethingWhenThatComes() throws Exception {
        new BundleFile("a.needy", NotesItsStop.class, NEEDS_GLUE).writeTo(deploy);
        lookUntil(() -> !warnings.isEmpty());
        assertTrue(warnings.get(0).contains("org.example.glue"), warnings.toString());

        glue().writeTo(deploy);

        lookUntil(() -> runs("a.needy"));
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void tellsAFailureOnceUntilTheJarIsAnother() throws Exception {
        new BundleFile("palette", FailsToStart.class).writeTo(deploy);
        lookUntil(() -> !warnings.isEmpty());

        glue().writeTo(deploy);
        lookUntil(() -> runs("glue"));
        for (int look = 0; look < 5; look++) {
            deployment.look();
        }
        assertEquals(List.of("deploy/palette.jar is left out: the paint is dry"), warnings);

        new BundleFile("palette", NotesItsStop.class).writeTo(deploy);
        lookUntil(() -> runs("palette"));
    }

    @Test
    void startsWhatIsWiredToAReplacedOneAgain() throws Exception {
        glue().writeTo(deploy);
        new BundleFile("needy", NotesItsStop.class, NEEDS_GLUE).writeTo(deploy);
        lookUntil(() -> runs("needy"));
        BundleWiring before = bundle("needy").adapt(BundleWiring.class);

        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> runs("glue", "1.0.0") && runs("needy") && !before.isInUse());
        Files.delete(deploy.resolve("glue.jar"));
        lookUntil(() -> bundle("glue") == null && state("needy") == Bundle.INSTALLED);
    }

    /** Wiring it anew would hold the framework as a whole. */
    @Test
    void leavesOneThatNeverStartsWiredToTheOld() throws Exception {
        glue().writeTo(deploy);
        new BundleFile("loop", NeverStarts.class, NEEDS_GLUE).writeTo(deploy);
        lookUntil(() -> state("loop") == Bundle.STARTING);

        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> runs("glue", "1.0.0"));
        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);
        lookUntil(() -> runs("canvas") && warnings.size() == 2);

        assertEquals(
                Set.of(
                        "deploy/loop.jar is left out: it has not started within 1 s",
                        "deploy/glue.jar has changed; what is wired to it and still starting keeps the old one until Atelier"
                                + " is started again"),
                Set.copyOf(warnings));
    }

    @Test
    void attachesAFragmentAndDoesNotStartIt() throws Exception {
        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);
        lookUntil(() -> runs("canvas"));

        new BundleFile("frame", NotesItsStop.class, FRAMEWORK)
                .with(Constants.FRAGMENT_HOST, "canvas")
                .writeTo(deploy);
        lookUntil(() -> runs("canvas") && fragmentsOf("canvas") == 1);

        assertEquals(Bundle.RESOLVED, state("frame"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void wiresAnewWhatCanDoWithoutWhenItComes() throws Exception {
        String optional = NEEDS_GLUE + ";resolution:=optional";
        new BundleFile("canvas", NotesItsStop.class, optional).writeTo(deploy);
        lookUntil(() -> runs("canvas"));
        BundleWiring without = bundle("canvas").adapt(BundleWiring.class);

        glue().writeTo(deploy);

        lookUntil(() -> !without.isInUse() && runs("canvas"));
        assertTrue(bundle("canvas").adapt(BundleWiring.class).getRequiredWires(null).stream()
                .anyMatch(wire -> wire.getProvider().getSymbolicName().equals("glue")));
    }

    @Test
    void takesARenamedJarOver() throws Exception {
        new BundleFile("canvas", NotesItsStop.class).writeTo(deploy);
        lookUntil(() -> runs("canvas"));

        Files.move(deploy.resolve("canvas.jar"), deploy.resolve("a.jar"));

        lookUntil(() -> runs("canvas") && bundle("canvas").getLocation().endsWith("/a.jar"));
    }

    @Test
    void leavesStoppedWhatSomebodyStoppedByHand() throws Exception {
        BundleFile canvas = new BundleFile("canvas", NotesItsStop.class);
        canvas.writeTo(deploy);
        lookUntil(() -> runs("canvas"));

        bundle("canvas").stop();
        glue().writeTo(deploy);
        lookUntil(() -> runs("glue"));
        canvas.with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> "1.0.0".equals(bundle("canvas").getVersion().toString()));
        glue().with(Constants.BUNDLE_VERSION, "1.0.0").writeTo(deploy);
        lookUntil(() -> runs("glue", "1.0.0"));

        assertFalse(runs("canvas"));
    }

    private static BundleFile glue() {
        return new BundleFile("glue", NotesItsStop.class).with(Constants.EXPORT_PACKAGE, "org.example.glue");
    }

    private void lookUntil(BooleanSupplier condition) throws Exception {
        await(() -> {
            deployment.look();
            return condition.getAsBoolean();
        });
    }

    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            assertFalse(
                    Thread.interrupted(),
                    () -> "in vain: "
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
        return bundle(name)
                .adapt(BundleWiring.class)
                .getProvidedWires(HostNamespace.HOST_NAMESPACE)
                .size();
    }
}
