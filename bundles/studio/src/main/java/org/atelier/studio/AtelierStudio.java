package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.model.ModelOptions;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.models.library.ModelLibrary;
import org.atelier.plugins.DurationSetting;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginLeases;
import org.atelier.plugins.PluginRegistries;
import org.atelier.plugins.WithdrawalListener;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.OutputCheck;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.resolve.AutomaticChunk;
import org.atelier.studio.resolve.ContextReader;
import org.atelier.studio.resolve.ContextResolver;
import org.atelier.studio.resolve.ContextSummarizer;
import org.atelier.studio.resolve.ControlNetworks;
import org.atelier.studio.resolve.ControlPreparer;
import org.atelier.studio.resolve.ControlResolver;
import org.atelier.studio.resolve.EngineDevices;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.RequestResolver;
import org.atelier.studio.resolve.SetResources;
import org.atelier.studio.resolve.SuggestedModels;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Generates sets with the installed models and plugins. */
@Designate(ocd = StudioSettings.class)
@Component(configurationPid = StudioSettings.PID)
public final class AtelierStudio implements Studio, SliceStudio {

    private final ModelLibrary library;
    private final PluginRegistries plugins;
    private final PluginLeases leases;
    private final ContextResolver contexts;
    private final ControlPreparer controls;
    private final RequestResolver resolver;
    private final SetRunner runner;
    private final StudioSlices slices;
    private final Path inputFolder;
    private volatile Duration checkpointInterval;

    @Activate
    public AtelierStudio(
            @Reference ModelLibrary library,
            @Reference PluginRegistries plugins,
            @Reference ContextKinds contextKinds,
            @Reference PluginLeases leases,
            @Reference ControlNetworks networks,
            @Reference SetLocks locks,
            StudioSettings settings,
            BundleContext context) {
        this(
                library,
                plugins,
                contextKinds,
                leases,
                networks,
                new DiffusionImageGenerator(),
                settings,
                AtelierBuild.of(context.getBundle()),
                locks,
                InputFiles.folderOf(context));
    }

    /** @param inputFolder the folder for copies of input files while a set is open */
    AtelierStudio(
            ModelLibrary library,
            PluginRegistries plugins,
            ContextKinds contextKinds,
            PluginLeases leases,
            ControlNetworks networks,
            ImageGenerator generator,
            StudioSettings settings,
            AtelierBuild build,
            SetLocks locks,
            Path inputFolder) {
        this.library = library;
        this.plugins = plugins;
        this.leases = leases;
        this.inputFolder = inputFolder;
        this.contexts = new ContextResolver(
                new ContextReader(plugins.of(PluginKind.CONTEXT), contextKinds),
                new ContextSummarizer(plugins.of(PluginKind.SUMMARY)));
        this.controls = new ControlPreparer(plugins.of(PluginKind.CONTROL));
        SecureRandom random = new SecureRandom();
        this.resolver = new RequestResolver(
                library,
                plugins,
                contexts,
                new ControlResolver(plugins.of(PluginKind.CONTROL), networks),
                new EngineDevices(),
                new AutomaticChunk(memory()),
                () -> Integer.toUnsignedLong(random.nextInt()));
        this.runner = new SetRunner(contexts, controls, generator, leases, build, locks, () -> checkpointInterval);
        this.slices = new StudioSlices(
                (request, elsewhere) -> resolver.open(request, inputFolder, elsewhere),
                contexts,
                runner,
                generator,
                leases,
                build);
        modified(settings);
    }

    /** Applies a changed configuration to later sets; running sets are not affected. */
    @Modified
    void modified(StudioSettings changed) {
        checkpointInterval =
                DurationSetting.of(changed::checkpoint_seconds, StudioSettings.PID, "checkpoint.seconds", 0, 60);
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        return new StudioSet(opened(request), runner);
    }

    private OpenedSet opened(SetRequest request) {
        return resolver.open(request, inputFolder);
    }

    @Override
    public void checkOutput(SetOutput output) {
        OutputCheck.requireUsable(output);
    }

    @Override
    public boolean hasSet(Path folder) {
        return runner.hasSet(folder);
    }

    @Override
    public GeneratedSet resume(Path folder, SetListener listener) {
        return runner.resume(folder, this::opened, listener);
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        try (SetResources resources = new SetResources(plugins, inputFolder)) {
            resources.suggest(SuggestedModels.of(library, request.model(), request.modelOptions()));
            return contexts.describe(request, resources, new WithdrawalListener(listener, leases));
        }
    }

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        Path file = out.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, file + " already exists; choose another --out or move the file away.");
        }
        byte[] png = PngFile.encode(preprocessed(model, control, width, height), Map.of());
        try {
            AtomicFile.write(file, content -> content.write(png));
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, IoErrors.of(e)), e);
        }
    }

    private BufferedImage preprocessed(String model, ControlInput control, Integer width, Integer height) {
        try (SetResources resources = new SetResources(plugins, inputFolder)) {
            resources.suggest(SuggestedModels.of(library, model, ModelOptions.DEFAULT));
            return controls.prepare(control, width, height, resources);
        }
    }

    @Override
    public SetDivision divide(SetRequest request, SetListener listener) {
        return slices.divide(request, listener);
    }

    @Override
    public void invert(SetRequest request, Map<Path, Path> files, Path inversions, SetListener listener) {
        slices.invert(request, files, inversions, listener);
    }

    @Override
    public GeneratedSet generate(SetRequest request, SliceInputs inputs, SetOutput output, SetListener listener) {
        return slices.generate(request, inputs, output, listener);
    }

    @Deactivate
    @Override
    public void release() {
        slices.release();
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
