package org.atelier.it.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Maven as somebody runs it who has never built Atelier: its local repository begins empty. What it would download from the
 * network it takes from what the build of Atelier has downloaded, so that none is needed.
 */
final class MavenBuild {

    private static final long TIMEOUT_SECONDS = 120;

    private final Path folder;

    /** @param folder that holds the projects; the settings and the local repository are kept there too */
    MavenBuild(Path folder) {
        this.folder = folder;
    }

    /** Builds projects as {@code mvn package} does in the folder of each. */
    void packageAll(Collection<Path> projects) throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror>
                      <id>downloaded</id>
                      <mirrorOf>external:*</mirrorOf>
                      <url>file://%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(
                        folder.resolve("local-repository"), System.getProperty("atelier.downloaded")));
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>all</artifactId>
                  <version>1.0.0</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(projects.stream()
                .map(project -> "<module>" + folder.relativize(project) + "</module>")
                .collect(Collectors.joining())));
        run(settings, "package");
    }

    private void run(Path settings, String goal) throws IOException, InterruptedException {
        Path log = folder.resolve("maven.log");
        String maven =
                Path.of(System.getProperty("atelier.maven"), "bin", "mvn").toString();
        Process process = new ProcessBuilder(maven, "-B", "-ntp", "-s", settings.toString(), goal)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Maven did not end in " + TIMEOUT_SECONDS + " s: " + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(Files.readString(log));
        }
    }
}
