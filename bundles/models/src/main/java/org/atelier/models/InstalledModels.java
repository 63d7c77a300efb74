package org.atelier.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the distribution's {@code models} folder and in the folders that the configuration adds. A folder is looked through anew each
 * time, so that a model is there as soon as its files are.
 */
@Component
@Designate(ocd = InstalledModels.Configuration.class)
public final class InstalledModels implements ModelLibrary, ModelCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledModels.class);
    private static final String HOME = "atelier.home";

    /** Where models are looked for. */
    @ObjectClassDefinition(name = "Models", description = "Where models are looked for")
    @interface Configuration {
        @AttributeDefinition(
                name = "Folders",
                description = "Folders of model folders, besides the distribution's own",
                required = false)
        String[] folders() default {};
    }

    private final List<Path> folders;

    /** @param context its property {@code atelier.home} says where the distribution lies */
    @Activate
    public InstalledModels(BundleContext context, Configuration configuration) {
        this(Stream.concat(
                        Optional.ofNullable(context.getProperty(HOME)).map(home -> Path.of(home, "models")).stream(),
                        Arrays.stream(configuration.folders()).map(Path::of))
                .toList());
    }

    /** @param folders each holds model folders; of two models with the same name the first is taken */
    InstalledModels(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public ModelFolder find(String nameOrFolder) {
        Map<String, Path> installed = installed();
        Path folder = installed.get(nameOrFolder);
        if (folder == null) {
            folder = folder(nameOrFolder)
                    .orElseThrow(() -> new AtelierException(
                            Code.MODEL_NOT_FOUND,
                            "There is no model \"" + nameOrFolder + "\": give a folder in diffusers' layout or one of "
                                    + installed.keySet() + "."));
        }
        return ModelFolder.open(folder);
    }

    @Override
    public List<ModelDescription> models() {
        List<ModelDescription> models = new ArrayList<>();
        installed().values().forEach(folder -> {
            try {
                models.add(ModelFolder.open(folder).description());
            } catch (AtelierException e) {
                LOG.warn("A model is left out: {}", e.getMessage());
            }
        });
        return models;
    }

    private static Optional<Path> folder(String name) {
        try {
            return Optional.of(Path.of(name)).filter(path -> !name.isBlank() && Files.isDirectory(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The folders that say they are a model, by name. */
    private Map<String, Path> installed() {
        Map<String, Path> installed = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                modelsIn(folder)
                        .forEach(model ->
                                installed.putIfAbsent(model.getFileName().toString(), model));
            }
        }
        return installed;
    }

    private static List<Path> modelsIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(model -> Files.exists(model.resolve("model_index.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("The models in {} cannot be listed", folder, e);
            return List.of();
        }
    }
}
