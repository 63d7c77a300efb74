package org.atelier.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @Override
    public Path folder(String name) {
        return root.resolve(name);
    }

    @Override
    public List<InstalledModel> installed() {
        return List.of();
    }
}
