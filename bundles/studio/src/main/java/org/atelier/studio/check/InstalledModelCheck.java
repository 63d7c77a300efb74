package org.atelier.studio.check;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelCheck;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.json.Settings;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.library.ModelTable;
import org.atelier.models.lora.LoraFile;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelFolder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens a model as generation does, up to the first weight. */
@Component
public final class InstalledModelCheck implements ModelCheck {

    private static final String HOME = "atelier.home";

    private final ModelLibrary library;
    private final Optional<Path> home;

    /** @param context its property {@code atelier.home} is the folder of the distribution */
    @Activate
    public InstalledModelCheck(BundleContext context, @Reference ModelLibrary library) {
        this(library, Optional.ofNullable(context.getProperty(HOME)).map(Path::of));
    }

    /** @param home the folder with the table of models, if any */
    InstalledModelCheck(ModelLibrary library, Optional<Path> home) {
        this.library = library;
        this.home = home;
    }

    @Override
    public List<String> faults(InstalledModel model) {
        Path folder = model.folder();
        try {
            switch (model.kind()) {
                case "images" -> checkGenerator(model);
                case "other" -> CheckpointFile.open(folder);
                case "vae" -> CheckpointFile.autoencoderOf(SafetensorsFile.open(folder));
                case "control" -> ModelConfiguration.checkControlNet(ControlNetFolder.open(folder));
                case "lora" -> LoraFile.open(folder);
                case "unreadable" -> readConfiguration(folder);
                default -> {
                    return new OnnxFolder(folder).faults(graphs(model.name()));
                }
            }
            return List.of();
        } catch (AtelierException e) {
            return List.of(e.getMessage());
        }
    }

    private void checkGenerator(InstalledModel model) {
        if (Files.isDirectory(model.folder())) {
            ModelConfiguration.of(ModelFolder.open(model.folder()));
            return;
        }
        CheckpointFile file = CheckpointFile.open(model.folder());
        if (file.isComplete() && file.hasPublishedSizes()) {
            checkNetworks(model);
        }
    }

    /** A vocabulary that is not here is no fault of the file. */
    private void checkNetworks(InstalledModel model) {
        try {
            ModelConfiguration.of(library.find(model.name()));
        } catch (AtelierException e) {
            if (e.code() != Code.MODEL_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Reports why the configuration, or the header of a single file, cannot be read. */
    private static void readConfiguration(Path folder) {
        if (Files.isRegularFile(folder)) {
            CheckpointFile.contentOf(SafetensorsFile.open(folder));
            return;
        }
        Path index = folder.resolve("model_index.json");
        boolean isPipeline = Files.exists(index, LinkOption.NOFOLLOW_LINKS);
        Settings.read(isPipeline ? index : folder.resolve("config.json"));
    }

    private List<String> graphs(String name) {
        return home.flatMap(folder -> ModelTable.in(folder).find(name))
                .map(ModelTable.Entry::graphs)
                .orElse(List.of());
    }
}
