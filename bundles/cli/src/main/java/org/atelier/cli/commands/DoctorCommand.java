package org.atelier.cli.commands;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.atelier.api.health.Doctor;
import org.atelier.api.health.Finding;
import org.atelier.api.health.Finding.Severity;
import org.atelier.api.server.Server;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Paragraph;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;
import org.atelier.wire.FindingJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports faults and their remedies. */
@Command(
        name = "doctor",
        header = "Checks deploy/, plugins, configurations, models, disks and memory, and reports faults.",
        description = {
            "",
            "Starts every plugin once as a test. The exit code is 5 if there are faults, 0 if there are at most warnings."
        },
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier doctor [--json] [--verbose] [--server [--data DIR]]")
final class DoctorCommand implements Callable<Integer> {

    private static final String INDENT = "  ";

    private final Doctor doctor;
    private final ServerConnection connection;
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, including checks that passed.")
    private boolean json;

    @Option(names = "--verbose", description = "Prints checks that passed, too.")
    private boolean verbose;

    @Mixin
    private ServerSelection server;

    DoctorCommand(Doctor doctor, ServerConnection connection, Terminal terminal) {
        this.doctor = doctor;
        this.connection = connection;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                server.choose(doctor, Server::doctor, connection, terminal).examine();
        if (json) {
            JsonArray all = new JsonArray();
            findings.forEach(finding -> all.add(FindingJson.of(finding)));
            PrettyJson.print(all, terminal.out());
        } else {
            print(findings);
        }
        return count(findings, Severity.FAULT) == 0 ? ExitCode.DONE : ExitCode.ENGINE;
    }

    private void print(List<Finding> findings) {
        for (Finding finding : findings) {
            if (verbose || finding.severity() != Severity.OK) {
                print(finding);
            }
        }
        long checks = findings.stream().map(Finding::check).distinct().count();
        terminal.out()
                .println("%d checks: %s, %s."
                        .formatted(
                                checks,
                                counted(count(findings, Severity.FAULT), "fault"),
                                counted(count(findings, Severity.WARNING), "warning")));
    }

    /** Prints the subject on a line of its own; below it, indented, the finding and the remedy. */
    private void print(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        terminal.out().println(severity + ": " + finding.subject() + " (" + finding.check() + ")");
        finding.message().lines().forEach(this::printIndented);
        finding.remedy().lines().forEach(line -> printIndented("Remedy: " + line));
        terminal.out().println();
    }

    private void printIndented(String text) {
        Paragraph.lines(text, terminal.outWidth() - INDENT.length())
                .forEach(line -> terminal.out().println(INDENT + line));
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String counted(long count, String what) {
        return count == 1 ? "1 " + what : (count == 0 ? "no" : count) + " " + what + "s";
    }
}
