package org.atelier.cli.commands;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atelier.api.model.InstalledModel;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PullProgressReporter;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Verifies that models are complete, and the hashes of downloaded ones. */
@Command(
        name = "verify",
        header =
                "Checks that models are complete, compares their files with the hub's hashes, and removes damaged files.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models verify [NAME]")
final class VerifyCommand implements Callable<Integer> {

    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The model. Default: every model downloaded from the hub.")
    private String name;

    VerifyCommand(Models models, Terminal terminal, Cancellation cancellation) {
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        List<String> names = name == null ? fetched() : List.of(name);
        if (names.isEmpty()) {
            terminal.out().println("No model from the hub is installed.");
        }
        boolean intact = true;
        for (String model : names) {
            intact &= isIntact(model);
        }
        return intact ? ExitCode.DONE : ExitCode.MODEL;
    }

    private List<String> fetched() {
        return models.files().installed().stream()
                .filter(model -> !model.repository().isEmpty())
                .map(InstalledModel::name)
                .toList();
    }

    private boolean isIntact(String name) {
        Optional<InstalledModel> installed = models.files().installed().stream()
                .filter(model -> model.name().equals(name))
                .findFirst();
        boolean fromHub = installed.map(model -> !model.repository().isEmpty()).orElse(true);
        Set<String> faults = new LinkedHashSet<>(fromHub ? damagedFiles(name) : List.of());
        // After the hashes, since a damaged file is missing now.
        installed.map(models.check()::faults).ifPresent(faults::addAll);
        if (faults.isEmpty()) {
            terminal.out()
                    .println(name
                            + (fromHub ? " is intact." : " is complete; it is not from the hub, so it has no hashes."));
            return true;
        }
        faults.forEach(fault -> terminal.printError(name + ": " + fault));
        if (fromHub) {
            terminal.printError("download the missing files with \"atelier models pull " + name + "\".");
        }
        return false;
    }

    private List<String> damagedFiles(String model) {
        try (PullProgressReporter reporter = new PullProgressReporter("Verifying", terminal, cancellation)) {
            return models.hub().verify(model, reporter);
        }
    }
}
