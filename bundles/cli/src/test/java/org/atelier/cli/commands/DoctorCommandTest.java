package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.atelier.api.health.Finding;
import org.atelier.api.health.Finding.Severity;
import org.atelier.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    private static final Finding FAULT = new Finding(
            "deployed files",
            Severity.FAULT,
            "deploy/half.jar",
            "It is no jar, or damaged, or not copied to its end: zip END header not found.",
            "Copy it again.");
    private static final Finding WARNING =
            new Finding("memory", Severity.WARNING, "Java's heap", "It may have 100 MB only.", "Give it more.");
    private static final Finding FINE = new Finding("disk", Severity.OK, "/tmp", "7.0 GB free.", "");

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void printsFaultsAndRemedies() {
        line.findings = List.of(FAULT, FINE, WARNING);

        assertEquals(ExitCode.ENGINE, line.run("doctor"));

        assertEquals("""
                fault: deploy/half.jar (deployed files)
                  It is no jar, or damaged, or not copied to its end: zip END header not found.
                  Remedy: Copy it again.

                warning: Java's heap (memory)
                  It may have 100 MB only.
                  Remedy: Give it more.

                3 checks: 1 fault, 1 warning.
                """, line.out());
    }

    @Test
    void exitsWithZeroIfThereAreOnlyWarnings() {
        line.findings = List.of(FINE, WARNING, WARNING);

        assertEquals(ExitCode.DONE, line.run("doctor"));

        assertTrue(line.out().endsWith("2 checks: no faults, 2 warnings.\n"), line.out());
    }

    @Test
    void printsPassedChecksWithVerbose() {
        line.findings = List.of(FINE);

        assertEquals(ExitCode.DONE, line.run("doctor", "--verbose"));

        assertTrue(line.out().startsWith("ok: /tmp (disk)\n  7.0 GB free.\n"), line.out());
    }

    @Test
    void printsAllFindingsAsJson() {
        line.findings = List.of(FAULT, FINE);

        assertEquals(ExitCode.ENGINE, line.run("doctor", "--json"));

        JsonArray all = JsonParser.parseString(line.out()).getAsJsonArray();
        assertEquals(2, all.size());
        JsonObject fault = all.get(0).getAsJsonObject();
        assertEquals("fault", fault.get("severity").getAsString());
        assertEquals("deployed files", fault.get("check").getAsString());
        assertEquals("deploy/half.jar", fault.get("subject").getAsString());
        assertEquals("Copy it again.", fault.get("remedy").getAsString());
    }
}
