package org.atelier.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web bundle over the real queue and studio, and the client bundle, in one framework whose bundles are stopped and started.
 */
@Timeout(120)
class WebBundleIT {

    static final String[] BUNDLES = StudioBundles.and(
            "org.atelier.attention.none",
            "org.atelier.audio",
            "org.apache.felix.healthcheck.api",
            "org.atelier.doctor",
            "com.squareup.okhttp3",
            "com.squareup.okhttp3.sse",
            "com.squareup.okio",
            "org.jetbrains.kotlin.osgi-bundle",
            "org.atelier.client",
            "org.apache.commons.commons-fileupload",
            "org.apache.commons.commons-io",
            "org.apache.felix.http.servlet-api",
            "org.apache.felix.http.jetty12",
            "org.atelier.queue",
            "org.atelier.web");

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("data"));
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        // As the launcher has it: any port, of this machine alone.
        framework = TestFramework.start(
                home, Map.of("org.apache.felix.http.host", "127.0.0.1", "org.osgi.service.http.port", "0"), BUNDLES);
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void requiresTheToken() throws Exception {
        assertEquals(
                List.of(
                        "server.json rw-------",
                        "token rw-------",
                        "health without a token: 200",
                        "plugins without a token: 401",
                        "plugins with another: 401",
                        "plugins with the token: 200",
                        "the plugins of this process",
                        "of attention: [none ready]",
                        "as well as this process"),
                inside(TokenAccess.class));
    }

    @Test
    void guardsTheServletsOfOtherBundles() throws Exception {
        assertEquals(
                List.of(
                        "/other: 200 a page of its own policy",
                        "/other of another host: 403",
                        "/own/other: 200 a page of its own policy",
                        "/own/other of another host: 403",
                        "/none: 404",
                        "/none of another host: 403",
                        "allowed: 200 a page of its own policy",
                        "still foreign: 403",
                        "allowed no more: 403"),
                inside(OtherServlets.class));
    }

    @Test
    void generatesASetOfTheClient() throws Exception {
        assertEquals(
                List.of(
                        "CANCELLED",
                        "resumed: COMPLETED 2 images",
                        "written where it was asked for",
                        "told as it is",
                        "listed as they are",
                        "of no such plugin: INVALID_REQUEST",
                        "of no such job: JOB_NOT_FOUND"),
                inside(SetOverHttp.class));
    }

    @Test
    void returns503WhileTheQueueRestarts() throws Exception {
        assertEquals(
                List.of(
                        "followed",
                        "followed no more",
                        "still announced",
                        "who looks for a server: SERVICE_UNREACHABLE",
                        "who has found one: SERVICE_UNREACHABLE",
                        "status over HTTP: 503",
                        "the same address",
                        "the same token",
                        "attempt 2, COMPLETED 2 images"),
                inside(QueueRestarted.class));
    }

    @Test
    void releasesEverythingWithoutInterruptingASet() throws Exception {
        assertEquals(
                List.of(
                        "one thread for followers",
                        "it has ended",
                        "followed no more",
                        "announced no more",
                        "who has found one: SERVICE_UNREACHABLE",
                        "status over HTTP: 404",
                        "attempt 1, COMPLETED 2 images",
                        "again: COMPLETED 2 images"),
                inside(WebBundleRestarted.class));
    }

    @Test
    void followsARestartOfTheHttpService() throws Exception {
        assertEquals(
                List.of(
                        "announced no more",
                        "who has found one: SERVICE_UNREACHABLE",
                        "health: 200",
                        "the jobs of this process"),
                inside(ListenerRestarted.class));
    }

    private static List<String> inside(Class<? extends Callable<List<String>>> probe) throws Exception {
        return framework.inside(probe, Caller.class);
    }
}
