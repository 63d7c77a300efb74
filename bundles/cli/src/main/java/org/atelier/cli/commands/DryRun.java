package org.atelier.cli.commands;

import java.util.List;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Terminal;

/** Resolves and prints a request without generating it. */
record DryRun(SetServices sets, Terminal terminal) {

    /**
     * Prints the resolved request.
     *
     * @param unused options of the command that have no effect without images
     * @param quiet prints no notes
     */
    void print(SetRequest request, List<String> unused, boolean quiet) {
        try (ResolvedSet set = sets.studio().open(request)) {
            if (!quiet) {
                if (!unused.isEmpty()) {
                    terminal.err()
                            .println("--dry-run generates no images, so %s %s no effect."
                                    .formatted(String.join(" and ", unused), unused.size() == 1 ? "has" : "have"));
                }
                set.unusedValues().forEach(terminal.err()::println);
            }
            terminal.out().print(sets.format().write(set.request()));
        }
    }
}
