package org.atelier.it.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** A folder like that of an installed Spark, of the jars that Maven has. */
final class SparkInstallation {

    private final Path home;

    private SparkInstallation(Path home) {
        this.home = home;
    }

    /** Creates it in a folder: links to the jars of the class path. */
    static SparkInstallation create(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("atelier-")) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName().toString()), jar);
            }
        }
        return new SparkInstallation(home);
    }

    /** Runs {@code spark-submit}. */
    StartedProcess submit(List<String> arguments, Path output) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.local.dir=" + home.resolve("local")));
        all.addAll(arguments);
        return java("org.apache.spark.deploy.SparkSubmit", all, output);
    }

    /** Starts the master of a cluster. @return its address */
    String startMaster(List<StartedProcess> daemons) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        StartedProcess master = java(
                "org.apache.spark.deploy.master.Master",
                List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0"),
                home.resolve("master.log"));
        daemons.add(master);
        awaitPrinted(master, "I have been elected leader");
        return "spark://127.0.0.1:" + port;
    }

    /** Starts a worker of a cluster, with one core. */
    StartedProcess startWorker(String master, String name, List<StartedProcess> daemons)
            throws IOException, InterruptedException {
        StartedProcess worker = java(
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                        "--host",
                        "127.0.0.1",
                        "--webui-port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        home.resolve(name).toString(),
                        master),
                home.resolve(name + ".log"));
        daemons.add(worker);
        awaitPrinted(worker, "Successfully registered with master");
        return worker;
    }

    private static void awaitPrinted(StartedProcess process, String text) throws IOException, InterruptedException {
        process.awaitWhileRunning(() -> {
            try {
                return process.printed().contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private StartedProcess java(String mainClass, List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", mainClass));
        command.addAll(arguments);
        return StartedProcess.start(
                command, Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"), output);
    }
}
