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

/** Tells what is wrong, and what to do. */
@Command(
        name = "doctor",
        header = "Looks for what is wrong: in deploy/, plugins, configurations, models, disks and memory.",
        description = {
            "",
            "Starts every plugin once, to see whether it does. Ends with exit code 5 if something does not work, with 0 if"
                    + " nothing is worse than a warning."
        },
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier doctor [--json] [--verbose] [--server [--data DIR]]")
final class DoctorCommand implements Callable<Integer> {

    private static final String INDENT = "  ";

    private final Doctor doctor;
    private final ServerConnection serving;
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, with what is as it should be too.")
    private boolean json;

    @Option(names = "--verbose", description = "Tells what is as it should be too.")
    private boolean verbose;

    @Mixin
    private AskedServer server;

    DoctorCommand(Doctor doctor, ServerConnection serving, Terminal terminal) {
        this.doctor = doctor;
        this.serving = serving;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                server.choose(doctor, Server::doctor, serving, terminal).examine();
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

    /** What it is about on a line of its own, and below it what was found and what to do. */
    private void print(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        terminal.out().println(severity + ": " + finding.subject() + " (" + finding.check() + ")");
        finding.message().lines().forEach(this::printIndented);
        finding.remedy().lines().forEach(line -> printIndented("Do: " + line));
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
