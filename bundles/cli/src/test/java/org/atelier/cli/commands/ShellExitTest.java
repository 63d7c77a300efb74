package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class ShellExitTest {

    @Test
    void stopsTheServerWithAndWithoutAStatus() throws BundleException {
        AtomicInteger ends = new AtomicInteger();
        ShellExit shell = new ShellExit(ends::incrementAndGet);

        assertEquals("Atelier stops.", shell.exit());
        shell.exit("0");
        shell.quit();

        assertEquals(3, ends.get());
    }
}
