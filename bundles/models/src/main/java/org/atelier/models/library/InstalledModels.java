package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.model.ModelFiles;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the {@code models} folder of the distribution, in the configured folders and in the hub cache. Every
 * call scans them again, so new models appear at once.
 */
@Component
@Designate(ocd = InstalledModels.Configuration.class)
public final class InstalledModels implements ModelLibrary, ModelCatalog, ModelFiles {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledModels.class);
    private static final String HOME = "atelier.home";

    /** Configuration of the model folders. */
    @ObjectClassDefinition(name = "Models", description = "Folders that are searched for models")
    @interface Configuration {
        @AttributeDefinition(
                name = "Folders",
                description = "Folders that contain model folders, in addition to that of the distribution",
                required = false)
        String[] folders() default {};
    }

    private final ShelvedModels shelved;
    private final HubCache cache;
    private final Supplier<ModelTable> table;

    /** @param context its property {@code atelier.home} is the folder of the distribution */
    @Activate
    public InstalledModels(BundleContext context, Configuration configuration) {
        this(
                Stream.concat(
                                home(context).map(home -> home.resolve("models")).stream(),
                                Arrays.stream(configuration.folders()).map(Path::of))
                        .toList(),
                HubCache.of(System.getenv(), Path.of(System.getProperty("user.home"))),
                () -> home(context).map(ModelTable::in).orElseGet(ModelTable::empty));
    }

    /**
     * @param folders contain model folders; the first of several models with the same name wins
     * @param table read on demand, so that an error in it is reported only to users who need it
     */
    InstalledModels(List<Path> folders, HubCache cache, Supplier<ModelTable> table) {
        this.shelved = new ShelvedModels(folders);
        this.cache = cache;
        this.table = table;
    }

    private static Optional<Path> home(BundleContext context) {
        return Optional.ofNullable(context.getProperty(HOME)).map(Path::of);
    }

    @Override
    public ModelSource find(String nameOrFolder) {
        Path folder = folder(nameOrFolder);
        return isNamed(nameOrFolder, folder) ? ModelFolder.open(folder, nameOrFolder) : ModelFolder.open(folder);
    }

    /** Whether the folder was found by the name of the model and not by its path. */
    private boolean isNamed(String name, Path folder) {
        return !Path.of(name).toAbsolutePath().normalize().equals(folder)
                || shelved.find(name).isPresent();
    }

    @Override
    public Path folder(String name) {
        return shelved.find(name)
                .or(() -> directory(name))
                .or(() -> table.get().hubName(name).flatMap(cache::find))
                .orElseThrow(() -> new AtelierException(Code.MODEL_NOT_FOUND, missing(name)));
    }

    private String missing(String name) {
        String fault = "There is no model \"" + name + "\" here: ";
        Set<String> here = shelved.byName().keySet();
        String others = here.isEmpty() ? "give a folder." : "give a folder or one of " + String.join(", ", here) + ".";
        return table.get().hubName(name).isEmpty()
                ? fault + others
                : fault + "fetch it with \"atelier models pull " + name + "\", or " + others;
    }

    @Override
    public List<ModelDescription> models() {
        List<ModelDescription> models = new ArrayList<>();
        shelved.byName().forEach((name, folder) -> {
            if (ShelvedModels.isDiffusersFolder(folder)) {
                describe(name, folder).ifPresent(models::add);
            }
        });
        fetched().stream()
                .filter(model -> ModelKind.generates(model.kind()))
                .forEach(model -> describe(model.name(), model.folder()).ifPresent(models::add));
        return models;
    }

    private static Optional<ModelDescription> describe(String name, Path folder) {
        try {
            return Optional.of(ModelFolder.open(folder, name).description());
        } catch (AtelierException e) {
            LOG.debug("Ignoring a model: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<InstalledModel> installed() {
        List<InstalledModel> models = new ArrayList<>();
        for (Map.Entry<String, Path> entry : shelved.byName().entrySet()) {
            Path folder = entry.getValue();
            ModelKind.of(folder)
                    .ifPresent(kind ->
                            models.add(new InstalledModel(entry.getKey(), kind, "", "", folder, ModelSize.of(folder))));
        }
        models.addAll(fetched());
        models.sort(Comparator.comparing(InstalledModel::name));
        return models;
    }

    /** The supported models in the hub cache. */
    private List<InstalledModel> fetched() {
        List<InstalledModel> models = new ArrayList<>();
        ModelTable shortNames = table.get();
        for (HubName name : cache.names()) {
            cache.find(name).ifPresent(folder -> ModelKind.of(folder)
                    .ifPresent(kind -> models.add(new InstalledModel(
                            shortNames.shortName(name).orElse(name.toString()),
                            kind,
                            name.repository(),
                            folder.getFileName().toString(),
                            folder,
                            ModelSize.of(folder)))));
        }
        return models;
    }

    private static Optional<Path> directory(String name) {
        try {
            return Optional.of(Path.of(name))
                    .filter(path -> !name.isBlank() && Files.isDirectory(path))
                    .map(path -> path.toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
