package org.atelier.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder whose {@code bin/atelier} starts a {@link FakeWorker}, or any other program. */
final class FakeDistribution {

    private FakeDistribution() {}

    /** @return the folder */
    static Path create(Path folder) throws IOException {
        return create(
                folder,
                "exec \"$JAVA_HOME/bin/java\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
                        .formatted(System.getProperty("java.class.path"), FakeWorker.class.getName()));
    }

    /** @param script for sh */
    static Path create(Path folder, String script) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("bin/atelier"), "#!/bin/sh\n" + script + "\n");
        return folder;
    }
}
