package org.atelier.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;

/** Models by the path of their folder. */
public final class ModelsIn implements ModelFiles {

    private final Path root;

    private ModelsIn(Path root) {
        this.root = root;
    }

    /** Models that go as soon as their last lease does. */
    public static SharedOnnxModels folder(Path root) {
        return new SharedOnnxModels(new ModelsIn(root), 1, Duration.ZERO);
    }

    /** Models that stay for a minute of that clock after their last lease. */
    static SharedOnnxModels folder(Path root, ScheduledExecutorService clock) {
        return new SharedOnnxModels(new ModelsIn(root), 1, Duration.ofMinutes(1), clock);
    }

    @Override
    public Path folder(String name) {
        return root.resolve(name);
    }

    @Override
    public List<InstalledModel> installed() {
        return List.of();
    }
}
