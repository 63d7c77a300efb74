package org.atelier.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.atelier.models.library.ModelTable;

/** A pull in its own process, which can be killed. */
final class PullingProcess {

    private PullingProcess() {}

    /** @param arguments the home folder of a user without a table of models */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        new HubClient(System.getenv(), home, () -> ModelTable.in(home), new CancellableSleep())
                .pull(PullRequest.of(LocalHub.REPOSITORY), new PullListener() {});
    }

    static Process start(Path home, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PullingProcess.class.getName(),
                        home.toString())
                .inheritIO();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
