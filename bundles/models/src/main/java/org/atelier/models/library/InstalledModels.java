package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.LoraInput;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelOptions;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.source.CheckpointModel;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
import org.atelier.models.source.ReplacedAutoencoder;
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
                description =
                        "Folders that contain models as folders or files, in addition to that of the distribution",
                required = false)
        String[] folders() default {};
    }

    private final ShelvedModels shelved;
    private final SingleFiles files;
    private final ShelvedFiles loras;
    private final HubCache cache;
    private final PublishedConfigurations configurations;
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
                PublishedConfigurations.in(home(context)),
                () -> home(context).map(ModelTable::in).orElseGet(ModelTable::empty));
    }

    /**
     * @param folders contain models; the first of several models with the same name wins
     * @param table read on demand, so that an error in it is reported only to users who need it
     */
    InstalledModels(
            List<Path> folders, HubCache cache, PublishedConfigurations configurations, Supplier<ModelTable> table) {
        this.shelved = new ShelvedModels(folders);
        this.files = new SingleFiles(ShelvedFiles.models(folders), cache, table);
        this.loras = ShelvedFiles.loras(folders);
        this.cache = cache;
        this.configurations = configurations;
        this.table = table;
    }

    private static Optional<Path> home(BundleContext context) {
        return Optional.ofNullable(context.getProperty(HOME)).map(Path::of);
    }

    @Override
    public ModelSource find(String nameOrPath, ModelOptions options) {
        ModelSource model = file(nameOrPath)
                .map(file -> single(nameOrPath, file, options))
                .orElseGet(() -> inFolder(nameOrPath, options));
        return options.vae() == null
                ? model
                : ReplacedAutoencoder.in(model, fileOrFolder(options.vae().name()));
    }

    @Override
    public Optional<Path> file(String nameOrPath) {
        if (!isSingle(nameOrPath)) {
            return Optional.empty();
        }
        Optional<Path> onShelf = files.shelved(nameOrPath);
        if (onShelf.isPresent()) {
            return onShelf;
        }
        return Optional.of(
                isFile(nameOrPath)
                        ? existing(nameOrPath)
                        : files.cached(nameOrPath)
                                .orElseThrow(() -> new AtelierException(
                                        Code.MODEL_NOT_FOUND, missing(nameOrPath, ModelKind::generates))));
    }

    /** Whether a name or path is that of a single file, which may be missing. */
    private boolean isSingle(String nameOrPath) {
        return shelved.find(nameOrPath).isEmpty()
                && (files.shelved(nameOrPath).isPresent()
                        || files.isPath(nameOrPath)
                        || (directory(nameOrPath).isEmpty() && files.isOnHub(nameOrPath)));
    }

    @Override
    public List<String> required(String nameOrPath, ModelOptions options) {
        List<String> names = new ArrayList<>();
        if (!isFile(nameOrPath)) {
            names.add(nameOrPath);
        }
        if (isSingle(nameOrPath)) {
            names.add(configuration(nameOrPath, options).orElse(PublishedConfigurations.VOCABULARY));
        }
        if (options.vae() != null && !isFile(options.vae().name())) {
            names.add(options.vae().name());
        }
        options.loras().stream()
                .map(LoraInput::lora)
                .filter(lora -> foundLora(lora).isEmpty() && files.isOnHub(lora))
                .forEach(names::add);
        return names;
    }

    private Optional<String> configuration(String nameOrPath, ModelOptions options) {
        return Optional.ofNullable(options.config())
                .or(() -> isFile(nameOrPath) ? Optional.empty() : files.configuration(nameOrPath));
    }

    private ModelSource inFolder(String nameOrFolder, ModelOptions options) {
        if (options.config() != null) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "--model-config is for a model that is a single file, and %s is not one; omit --model-config."
                            .formatted(nameOrFolder));
        }
        Path folder = folder(nameOrFolder, ModelKind::generates);
        ModelKind.of(folder)
                .filter(kind -> ModelKind.isModel(kind) && !ModelKind.generates(kind))
                .ifPresent(kind -> {
                    throw new AtelierException(
                            Code.MODEL_INVALID, "The model \"%s\" %s.".formatted(nameOrFolder, ModelKind.use(kind)));
                });
        return isNamed(nameOrFolder, folder) ? ModelFolder.open(folder, nameOrFolder) : ModelFolder.open(folder);
    }

    private ModelSource single(String nameOrPath, Path path, ModelOptions options) {
        String name = isFile(nameOrPath) ? path.getFileName().toString() : nameOrPath;
        CheckpointFile checkpoint = CheckpointFile.open(path);
        Optional<String> given = configuration(nameOrPath, options);
        if (given.isPresent()) {
            return CheckpointModel.configuredAs(checkpoint, name, folder(given.get()));
        }
        Path configuration = configurations.of(checkpoint);
        return CheckpointModel.withPublished(
                checkpoint, name, configuration, () -> vocabulary(path), options.vae() != null);
    }

    private Path vocabulary(Path model) {
        return table.get()
                .hubName(PublishedConfigurations.VOCABULARY)
                .flatMap(cache::find)
                .orElseThrow(() -> new AtelierException(
                        Code.MODEL_NOT_FOUND,
                        "The tokenizer for %s is not here: fetch it with --pull or \"atelier models pull %s\", or name a model that has it with --model-config."
                                .formatted(model.getFileName(), PublishedConfigurations.VOCABULARY)));
    }

    private Path fileOrFolder(String nameOrPath) {
        return file(nameOrPath).orElseGet(() -> folder(nameOrPath));
    }

    private static Path existing(String file) {
        Path path = Path.of(file).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw new AtelierException(
                    Code.MODEL_NOT_FOUND,
                    path
                            + (Files.exists(path)
                                    ? ": a device, a pipe or a socket, not a regular file; copy what it gives to a file."
                                    : ": there is no such file."));
        }
        return path;
    }

    @Override
    public boolean isFile(String name) {
        return shelved.find(name).isEmpty() && files.isPath(name);
    }

    /** Whether the folder was found by the name of the model and not by its path. */
    private boolean isNamed(String name, Path folder) {
        return !Path.of(name).toAbsolutePath().normalize().equals(folder)
                || shelved.find(name).isPresent();
    }

    @Override
    public Path folder(String name) {
        return folder(name, ModelKind::isModel);
    }

    /** @param wanted the kinds of which the error names the installed ones */
    private Path folder(String name, Predicate<String> wanted) {
        return shelved.find(name)
                .or(() -> files.shelved(name))
                .or(() -> directory(name))
                .or(() -> onHub(name))
                .orElseThrow(() -> new AtelierException(Code.MODEL_NOT_FOUND, missing(name, wanted)));
    }

    private Optional<Path> onHub(String name) {
        return files.isOnHub(name)
                ? files.cached(name)
                : table.get().hubName(name).flatMap(cache::find);
    }

    private String missing(String name, Predicate<String> wanted) {
        String fault = "There is no model \"" + name + "\" here: ";
        if (loras.find(name).isPresent()) {
            return fault + "it " + ModelKind.use(ModelKind.LORA) + " " + name + ".";
        }
        Set<String> here = new LinkedHashSet<>();
        shelved.byName()
                .forEach((model, folder) -> ModelKind.of(folder).filter(wanted).ifPresent(kind -> here.add(model)));
        files.installed(shelved.byName().keySet()).stream()
                .filter(model -> model.repository().isEmpty() && wanted.test(model.kind()))
                .forEach(model -> here.add(model.name()));
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
        Stream.concat(fetched().stream(), files.installed(shelved.byName().keySet()).stream())
                .filter(model -> ModelKind.generates(model.kind()))
                .forEach(model -> describe(model.name(), model.folder()).ifPresent(models::add));
        return models;
    }

    private Optional<ModelDescription> describe(String name, Path path) {
        try {
            ModelSource model =
                    Files.isDirectory(path) ? ModelFolder.open(path, name) : single(name, path, ModelOptions.DEFAULT);
            return Optional.of(model.description());
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
        loras.byName()
                .forEach((name, file) ->
                        models.add(new InstalledModel(name, ModelKind.LORA, "", "", file, ModelSize.of(file))));
        models.addAll(files.installed(shelved.byName().keySet()));
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

    @Override
    public Path lora(String nameOrFile) {
        return foundLora(nameOrFile).or(() -> files.cached(nameOrFile)).orElseThrow(() -> {
            Set<String> here = loras.byName().keySet();
            return new AtelierException(
                    Code.MODEL_NOT_FOUND,
                    "There is no LoRA \"" + nameOrFile + "\" here: "
                            + (files.isOnHub(nameOrFile)
                                    ? "fetch it with \"atelier models pull " + nameOrFile + "\", or "
                                    : "")
                            + "give a safetensors file"
                            + (here.isEmpty() ? "." : " or one of " + String.join(", ", here) + "."));
        });
    }

    /** A LoRA of a folder, or at a path. */
    private Optional<Path> foundLora(String nameOrFile) {
        return loras.find(nameOrFile).or(() -> files.shelved(nameOrFile)).or(() -> regularFile(nameOrFile));
    }

    private static Optional<Path> regularFile(String name) {
        try {
            return Optional.of(Path.of(name))
                    .filter(path -> !name.isBlank() && Files.isRegularFile(path))
                    .map(path -> path.toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
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
