package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.KnownModel;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;

/** Two installed models, one of them from the hub, and one that is not installed. */
final class FakeHub implements ModelHub, ModelFiles {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Map<String, Path> HERE =
            Map.of("toy", Path.of("/models/toy"), "org/words", Path.of("/cache/words"));

    final List<PullRequest> pulled = new ArrayList<>();
    final List<String> faults = new ArrayList<>();

    List<String> pulledNames() {
        return pulled.stream().map(PullRequest::name).toList();
    }

    @Override
    public Path folder(String name) {
        if (pulledNames().contains(name)) {
            return Path.of("/cache").resolve(name);
        }
        if (!HERE.containsKey(name)) {
            throw new AtelierException(AtelierException.Code.MODEL_NOT_FOUND, "There is no model " + name + ".");
        }
        return HERE.get(name);
    }

    @Override
    public List<InstalledModel> installed() {
        return List.of(
                new InstalledModel("org/words", "caption", "org/words", COMMIT, HERE.get("org/words"), 1_500_000_000L),
                new InstalledModel("toy", "images", "", "", HERE.get("toy"), 7_000_000));
    }

    @Override
    public Path pull(PullRequest request, PullListener listener) {
        pulled.add(request);
        listener.started("org/" + request.name(), COMMIT, 2, 3000);
        return Path.of("/cache").resolve(request.name());
    }

    @Override
    public List<KnownModel> known() {
        return List.of(new KnownModel("voice", "speech", "org/voice", "main"));
    }

    @Override
    public List<String> verify(String name, PullListener listener) {
        listener.started(name, COMMIT, 1, 0);
        return List.copyOf(faults);
    }
}
