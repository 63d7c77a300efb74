package org.atelier.models.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;

/**
 * Opens models in diffusers' folder layout.
 *
 * <p>Opening one reads every configuration and checks the header of every safetensors file, but no weights; nothing in
 * the folder is ever executed.
 */
public final class ModelFolder {

    private ModelFolder() {}

    /**
     * Opens a model and checks that it is complete.
     *
     * @param folder contains {@code model_index.json} and a folder for each component
     * @throws AtelierException MODEL_NOT_FOUND if the folder does not exist; MODEL_INVALID, with one line per fault, if
     *     a component or file is missing, damaged, a pickle, or of an unsupported class
     */
    public static ModelSource open(Path folder) {
        return open(folder, String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    /** As {@link #open(Path)}, with the name of the model. */
    public static ModelSource open(Path folder, String name) {
        Path path = existing(folder);
        ModelInspection inspection = new ModelInspection(path);
        inspection.requireComplete();
        return new AssembledModel(
                path,
                name,
                inspection.configurations(),
                inspection.weights(),
                files(path, inspection),
                ModelCard.in(path));
    }

    /** The absolute path of a folder that exists. */
    static Path existing(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            throw new AtelierException(
                    Code.MODEL_INVALID, path + ": this is a file; give the folder of a model in diffusers' layout.");
        }
        if (!Files.isDirectory(path)) {
            throw new AtelierException(Code.MODEL_NOT_FOUND, path + ": there is no such folder.");
        }
        return path;
    }

    private static List<Path> files(Path path, ModelInspection inspection) {
        List<Path> files = new ArrayList<>(List.of(inspection.index().file()));
        for (ModelComponent component : inspection.family().components()) {
            files.addAll(filesIn(path.resolve(component.name())));
        }
        return files;
    }

    /** The files in a folder, sorted. */
    static List<Path> filesIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw ModelFaults.in(folder, "cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
