package org.atelier.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;

/** The models of the bundle beside, found by their folders, without a framework. */
public final class ModelsByFolder implements AutoCloseable {

    private final SharedOnnxModels models = new SharedOnnxModels(new Folders(), 2, Duration.ofSeconds(60));

    public OnnxModels models() {
        return models;
    }

    @Override
    public void close() {
        models.stop();
    }

    private static final class Folders implements ModelFiles {
        @Override
        public Path folder(String name) {
            return Path.of(name).toAbsolutePath();
        }

        @Override
        public List<InstalledModel> installed() {
            return List.of();
        }
    }
}
