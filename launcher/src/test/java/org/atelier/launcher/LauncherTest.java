package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    private Path home;

    @Test
    void exitsWithTheCodeOfTheCommandLine() throws IOException {
        new BundleFile("command.line", OffersCommandLine.class).writeTo(home.resolve("bundle/30"));

        assertEquals(3, Launcher.run(home.toString(), new String[] {"a", "b", "c"}));
    }

    @Test
    void exitsWith70IfItCannotStart() throws IOException {
        new BundleFile("the.palette", FailsToStart.class).writeTo(home.resolve("bundle/30"));

        assertEquals(Launcher.CANNOT_START, Launcher.run(home.toString(), new String[0]));
    }

    @Test
    void requiresItsHome() {
        assertEquals(Launcher.CANNOT_START, Launcher.run(null, new String[0]));
    }
}
