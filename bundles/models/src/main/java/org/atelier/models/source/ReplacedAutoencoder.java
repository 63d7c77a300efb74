package org.atelier.models.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.SafetensorsFile;

/** Replaces the VAE of a model. */
public final class ReplacedAutoencoder {

    private static final String CLASS = "AutoencoderKL";

    private ReplacedAutoencoder() {}

    /**
     * Returns a model with another VAE.
     *
     * @param model opened from a folder or a single file
     * @param vae the folder of a VAE, the folder of a model, or a safetensors file in original or diffusers' names, for
     *     which the configuration of the model's own VAE applies
     * @throws AtelierException MODEL_INVALID if there is no VAE
     */
    public static ModelSource in(ModelSource model, Path vae) {
        if (!(model instanceof AssembledModel assembled)) {
            throw new IllegalArgumentException("The VAE of " + model.name() + " cannot be replaced");
        }
        Path path = vae.toAbsolutePath().normalize();
        return Files.isDirectory(path) ? ofFolder(assembled, path) : ofFile(assembled, path);
    }

    private static ModelSource ofFile(AssembledModel model, Path file) {
        Settings settings = model.settings(ModelComponent.VAE);
        SafetensorsFile opened = SafetensorsFile.open(file);
        CheckpointWeights weights = CheckpointWeights.of(opened, CheckpointFile.autoencoderOf(opened), settings, false);
        return model.withAutoencoder(settings, weights, List.of(file));
    }

    private static ModelSource ofFolder(AssembledModel model, Path folder) {
        Path inside = folder.resolve(ModelComponent.VAE);
        Path own = Files.isDirectory(inside) ? inside : folder;
        Path file = own.resolve(Kind.AUTOENCODER.settingsFile());
        if (!Files.isRegularFile(file)) {
            throw ModelFaults.in(
                    folder, "has no VAE: neither vae/config.json nor config.json is there; give another --vae.");
        }
        Settings settings = Settings.read(file);
        String found = settings.text("_class_name", "");
        if (!found.equals(CLASS)) {
            throw ModelFaults.in(file, "is a \"" + found + "\"; only " + CLASS + " can replace a VAE.");
        }
        WeightFiles weights =
                WeightFiles.in(own, Kind.AUTOENCODER.weightsStem().orElseThrow(), Kind.AUTOENCODER.naming());
        return model.withAutoencoder(settings, weights, ModelFolder.filesIn(own));
    }
}
