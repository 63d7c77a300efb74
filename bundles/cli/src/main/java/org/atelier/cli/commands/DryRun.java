package org.atelier.cli.commands;

import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Terminal;

/** Resolves and prints a request without generating it. */
record DryRun(SetServices sets, Terminal terminal) {

    /** @param quiet prints no notes */
    void print(SetRequest request, boolean quiet) {
        try (ResolvedSet set = sets.studio().open(request)) {
            if (!quiet) {
                set.unusedValues().forEach(terminal.err()::println);
            }
            terminal.out().print(sets.format().write(set.request()));
        }
    }
}
