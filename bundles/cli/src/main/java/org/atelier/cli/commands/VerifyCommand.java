package org.atelier.cli.commands;

import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.model.InstalledModel;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PullProgressReporter;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Verifies the hashes of downloaded models. */
@Command(
        name = "verify",
        header = "Compares the files of downloaded models with the hub's hashes and removes damaged files.",
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
        boolean whole = true;
        for (String model : names) {
            whole &= isWhole(model);
        }
        return whole ? ExitCode.DONE : ExitCode.MODEL;
    }

    private List<String> fetched() {
        return models.files().installed().stream()
                .filter(model -> !model.repository().isEmpty())
                .map(InstalledModel::name)
                .toList();
    }

    private boolean isWhole(String model) {
        List<String> faults;
        try (PullProgressReporter reporter = new PullProgressReporter("Verifying", terminal, cancellation)) {
            faults = models.hub().verify(model, reporter);
        }
        if (faults.isEmpty()) {
            terminal.out().println(model + " is intact.");
            return true;
        }
        faults.forEach(fault -> terminal.printError(model + ": " + fault));
        terminal.printError("download the removed files with \"atelier models pull " + model + "\".");
        return false;
    }
}
