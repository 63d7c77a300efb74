package org.atelier.studio.resolve;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelOptions;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;

/** Finds the embedded model by its name, and any folder or LoRA by its path. */
public final class FakeLibrary implements ModelLibrary {

    public static final Path SKETCHBOOK = Path.of(System.getProperty("atelier.sketchbook"));

    @Override
    public ModelSource find(String nameOrFolder, ModelOptions options) {
        if (nameOrFolder.contains("/")) {
            return ModelFolder.open(Path.of(nameOrFolder));
        }
        if (nameOrFolder.equals("sketchbook")) {
            return ModelFolder.open(SKETCHBOOK);
        }
        throw new AtelierException(AtelierException.Code.MODEL_NOT_FOUND, "There is no model " + nameOrFolder + ".");
    }

    @Override
    public Path lora(String nameOrFile) {
        if (nameOrFile.contains("/")) {
            return Path.of(nameOrFile);
        }
        throw new AtelierException(AtelierException.Code.MODEL_NOT_FOUND, "There is no LoRA " + nameOrFile + ".");
    }
}
