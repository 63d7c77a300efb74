package org.atelier.doctor.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.model.InstalledModel;
import org.atelier.doctor.LoggedEntries;
import org.atelier.doctor.models.ModelFoldersTest;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final long GIGA = 1_000_000_000L;
    private static final String FINE = "OK memory: The machine has %s, Java's heap at most %s.";

    @Test
    void acceptsEnoughMemory() {
        assertEquals(List.of(FINE.formatted("32.0 GB", "8.0 GB")), examine(32 * GIGA, 8 * GIGA, GIGA));
    }

    @Test
    void namesAModelThatDoesNotFit() {
        assertEquals(
                List.of(
                        "WARN model sdxl: Its files are 14.0 GB, and the machine has 16.0 GB of memory. Generate with --dtype"
                                + " bfloat16 and --chunk 1, or on a machine with more.",
                        FINE.formatted("16.0 GB", "4.0 GB")),
                examine(16 * GIGA, 4 * GIGA, GIGA));
    }

    @Test
    void namesAHeapThatIsSmallOrFull() {
        assertEquals(
                "WARN Java's heap: Its maximum is only 100 MB. Increase it: JAVA_OPTS=-Xmx512m.",
                examine(32 * GIGA, GIGA / 10, GIGA / 20).get(0));
        assertEquals(
                "WARN Java's heap: 950 MB of 1.0 GB are used. Increase it with JAVA_OPTS=-Xmx, or restart Atelier.",
                examine(32 * GIGA, GIGA, 950_000_000L).get(0));
    }

    private static List<String> examine(long physical, long heap, long used) {
        InstalledModel model = new InstalledModel("sdxl", "images", "", "", Path.of("/models/sdxl"), 14 * GIGA);
        return LoggedEntries.of(new Memory(new ModelFoldersTest.InstalledOne(model), physical, heap, used).execute());
    }
}
