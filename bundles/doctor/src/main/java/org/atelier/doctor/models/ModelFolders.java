package org.atelier.doctor.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelCheck;
import org.atelier.api.model.ModelFiles;
import org.atelier.doctor.DanglingSymlink;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.doctor.bundles.DeployFolder;
import org.atelier.models.library.HubCache;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that all files of every installed model exist. Reads no weights and computes no hashes. */
@Component(property = {HealthCheck.NAME + "=models", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class ModelFolders implements HealthCheck {

    /** The folder of LoRA files. */
    private static final String LORAS = "loras";

    private static final String IMAGES = "images";

    private final ModelFiles models;
    private final ModelCheck check;
    private final Path home;
    private final HubCache cache;

    @Activate
    public ModelFolders(BundleContext context, @Reference ModelFiles models, @Reference ModelCheck check) {
        this(
                models,
                check,
                DeployFolder.home(context),
                HubCache.of(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    ModelFolders(ModelFiles models, ModelCheck check, Path home, HubCache cache) {
        this.models = models;
        this.check = check;
        this.home = home;
        this.cache = cache;
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        List<InstalledModel> installed = models.installed();
        for (InstalledModel model : installed) {
            examine(model, findings);
        }
        try {
            examineModelFolder(installed, findings);
            new CachedPulls(cache).examine(findings);
        } catch (IOException e) {
            throw new UncheckedIOException("The folders of models cannot be read", e);
        }
        if (installed.stream().noneMatch(model -> model.kind().equals(IMAGES))) {
            findings.fault(
                    "models",
                    "There is no model that generates images.",
                    "Copy models/sketchbook from the distribution, or fetch one: \"atelier models\" lists them.");
        }
        findings.fine("models", installed.size() + " models are here.");
        return findings.result();
    }

    private void examine(InstalledModel model, Findings findings) {
        List<String> faults = check.faults(model);
        if (!faults.isEmpty()) {
            findings.fault("model " + model.name(), String.join("\n", faults), remedy(model));
        }
    }

    private static String remedy(InstalledModel model) {
        if (model.repository().isEmpty()) {
            return (Files.isRegularFile(model.folder())
                            ? "Copy the file %s again, or remove it."
                            : "Copy the whole folder %s again.")
                    .formatted(model.folder());
        }
        return "Fetch what is missing with \"atelier models pull %s\"; \"atelier models verify %s\" compares hashes."
                .formatted(model.name(), model.name());
    }

    /** Checks the folder for models in the distribution, which users may extend. */
    private void examineModelFolder(List<InstalledModel> installed, Findings findings) throws IOException {
        Path modelFolder = home.resolve("models");
        if (!Files.isDirectory(modelFolder)) {
            return;
        }
        Set<Path> known = installed.stream().map(InstalledModel::folder).collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(modelFolder)) {
            for (Path folder : folders.sorted().toList()) {
                String name = "models/" + folder.getFileName();
                if (DanglingSymlink.is(folder)) {
                    findings.fault(name, DanglingSymlink.FOUND, DanglingSymlink.REMEDY);
                } else if (Files.isDirectory(folder) && !known.contains(folder) && !folder.endsWith(LORAS)) {
                    findings.fault(
                            name,
                            "It is not a supported model: model_index.json or config.json is missing, or cannot be"
                                    + " read, or is of another kind of model.",
                            "Copy the whole model again, or remove the folder.");
                }
            }
        }
    }
}
