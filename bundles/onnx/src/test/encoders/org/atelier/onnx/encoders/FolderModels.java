package org.atelier.onnx.encoders;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelFiles;

/** Every folder is a model. */
public final class FolderModels implements ModelFiles {
    @Override
    public Path folder(String name) {
        return Path.of(name).toAbsolutePath();
    }

    @Override
    public List<InstalledModel> installed() {
        return List.of();
    }
}
