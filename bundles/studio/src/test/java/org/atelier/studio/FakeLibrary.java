package org.atelier.studio;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFolder;
import org.atelier.models.ModelLibrary;

/** The embedded model by its name, and any folder. */
final class FakeLibrary implements ModelLibrary {

    static final Path SKETCHBOOK = Path.of(System.getProperty("atelier.sketchbook"));

    @Override
    public ModelFolder find(String nameOrFolder) {
        if (nameOrFolder.contains("/")) {
            return ModelFolder.open(Path.of(nameOrFolder));
        }
        if (nameOrFolder.equals("sketchbook")) {
            return ModelFolder.open(SKETCHBOOK);
        }
        throw new AtelierException(AtelierException.Code.MODEL_NOT_FOUND, "There is no model " + nameOrFolder + ".");
    }
}
