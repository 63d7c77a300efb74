package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.models.library.ModelLibrary;
import org.atelier.plugins.DurationSetting;
import org.atelier.plugins.PluginKind;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginLeases;
import org.atelier.plugins.PluginRegistries;
import org.atelier.plugins.PluginRegistry;
import org.atelier.plugins.UsedPlugin;
import org.atelier.plugins.WithdrawalListener;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.card.CardWriter;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.CompleteSet;
import org.atelier.studio.folder.ModelFingerprint;
import org.atelier.studio.folder.RunManifest;
import org.atelier.studio.folder.SetFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetJournal;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.resolve.AutomaticChunk;
import org.atelier.studio.resolve.ContextReader;
import org.atelier.studio.resolve.ControlNetworks;
import org.atelier.studio.resolve.EngineDevices;
import org.atelier.studio.resolve.ModelInspector;
import org.atelier.studio.resolve.PreparedControl;
import org.atelier.studio.resolve.RequestResolver;
import org.atelier.studio.resolve.ResolvedSet;
import org.atelier.studio.resolve.SetContexts;
import org.atelier.studio.resolve.SetControls;
import org.atelier.studio.resolve.SetStrategies;
import org.atelier.studio.resolve.SetSummary;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Draws sets with the models and plugins that are here. */
@Designate(ocd = StudioSettings.class)
@Component(configurationPid = StudioSettings.PID)
public final class AtelierStudio implements Studio {

    private final RequestResolver resolver;
    private final PluginRegistry<AttentionStrategy> strategies;
    private final PluginRegistry<Sampler> samplers;
    private final PluginRegistry<StyleBlend> blends;
    private final SetContexts contexts;
    private final PluginLeases leases;
    private final SetControls controls;
    private final ImageGenerator generator;
    private final AtelierBuild build;
    private final SetLocks locks = new SetLocks();
    private volatile Duration checkpointInterval;

    @Activate
    public AtelierStudio(
            @Reference ModelLibrary library,
            @Reference PluginRegistries plugins,
            @Reference ContextKinds contextKinds,
            @Reference PluginLeases leases,
            @Reference ControlNetworks networks,
            StudioSettings settings,
            BundleContext context) {
        this(
                library,
                plugins,
                contextKinds,
                leases,
                new SetControls(plugins.of(PluginKind.CONTROL), networks),
                new DiffusionModelInspector(),
                new DiffusionImageGenerator(),
                settings,
                AtelierBuild.of(context.getBundle()));
    }

    public AtelierStudio(
            ModelLibrary library,
            PluginRegistries plugins,
            ContextKinds contextKinds,
            PluginLeases leases,
            SetControls controls,
            ModelInspector inspector,
            ImageGenerator generator,
            StudioSettings settings,
            AtelierBuild build) {
        this.strategies = plugins.of(PluginKind.ATTENTION);
        this.samplers = plugins.of(PluginKind.SAMPLER);
        this.blends = plugins.of(PluginKind.BLEND);
        this.contexts = new SetContexts(
                new ContextReader(plugins.of(PluginKind.CONTEXT), contextKinds),
                new SetSummary(plugins.of(PluginKind.SUMMARY), inspector));
        this.leases = leases;
        this.controls = controls;
        this.generator = generator;
        modified(settings);
        this.build = build;
        SecureRandom random = new SecureRandom();
        this.resolver = new RequestResolver(
                library,
                inspector,
                strategies,
                samplers,
                blends,
                contexts,
                controls,
                new EngineDevices(),
                new AutomaticChunk(memory()),
                () -> Integer.toUnsignedLong(random.nextInt()));
    }

    /** A change of the configuration holds from the next set on, and disturbs none. */
    @Modified
    void modified(StudioSettings changed) {
        checkpointInterval =
                DurationSetting.of(changed::checkpoint_seconds, StudioSettings.PID, "checkpoint.seconds", 0, 60);
    }

    @Override
    public SetRequest resolve(SetRequest request) {
        return resolver.resolve(request).request();
    }

    @Override
    public DrawnSet draw(SetRequest request, SetOutput output, SetListener listener) {
        ResolvedSet settled = resolver.resolve(request);
        SetListener holding = new WithdrawalListener(listener, leases);
        try (SetFolder folder = SetFolder.take(output.folder(), locks);
                SetStrategies attentions = SetStrategies.lease(strategies, settled.request());
                PluginLease<Sampler> sampler = sampler(settled.request());
                PluginLease<StyleBlend> blend = blend(settled.request())) {
            Optional<CardWriter> card = Optional.ofNullable(output.styleCard()).map(file -> {
                CardWriter.requireFree(settled.request());
                CardWriter.requireHand(
                        attentions.common(), settled.request().sharing().attention());
                return CardWriter.at(file, settled.model().source(), settled.precision(), build.version());
            });
            ResolvedSet read = controls.prepare(contexts.read(settled, holding), holding);
            try (SetFiles files = folder.begin(begun(read, output.styleCard()))) {
                return draw(read, files, card, attentions, sampler, blend, holding);
            }
        }
    }

    @Override
    public boolean hasBegun(Path folder) {
        return SetFolder.isComplete(folder) || isUnfinished(folder);
    }

    private static boolean isUnfinished(Path folder) {
        try {
            return SetJournal.isIn(folder);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, folder + ": " + IoErrors.of(e) + ".", e);
        }
    }

    @Override
    public DrawnSet resume(Path folder, SetListener listener) {
        requireBegun(folder);
        if (SetFolder.isComplete(folder) && !isUnfinished(folder)) {
            return new CompleteSet(folder).read(null);
        }
        try (SetFolder taken = SetFolder.takeBegun(folder, locks)) {
            requireBegun(folder); // Whoever had it until now may have given it up.
            if (SetFolder.isComplete(folder)) {
                return taken.complete();
            }
            try (SetFiles files = taken.goOn()) {
                return resume(files, listener);
            }
        }
    }

    private void requireBegun(Path folder) {
        if (hasBegun(folder)) {
            return;
        }
        Path journal = folder.resolve(SetJournal.FILE);
        if (Files.exists(journal)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s is damaged, or was cut off, where it begins, so nobody knows what the set was to be; remove the folder and draw the set anew."
                            .formatted(journal));
        }
        throw new AtelierException(
                INVALID_REQUEST, "No set was begun in %s; name the folder of one, or draw it.".formatted(folder));
    }

    private DrawnSet resume(SetFiles files, SetListener listener) {
        RunManifest begun = files.begun();
        ResolvedSet settled = resolver.resolve(begun.request());
        SetListener holding = new WithdrawalListener(listener, leases);
        try (SetStrategies attentions = SetStrategies.lease(strategies, settled.request());
                PluginLease<Sampler> sampler = sampler(settled.request());
                PluginLease<StyleBlend> blend = blend(settled.request())) {
            Optional<CardWriter> card = Optional.ofNullable(begun.styleCard())
                    .map(file ->
                            CardWriter.again(file, settled.model().source(), settled.precision(), build.version()));
            ResolvedSet prepared = controls.prepare(settled, holding);
            RunManifest now = begun(prepared, begun.styleCard());
            begun.differenceTo(now).ifPresent(sentence -> {
                listener.noted(sentence);
                files.beginAnew(now);
            });
            return draw(prepared, files, card, attentions, sampler, blend, holding);
        }
    }

    private DrawnSet draw(
            ResolvedSet settled,
            SetFiles files,
            Optional<CardWriter> card,
            SetStrategies attentions,
            PluginLease<Sampler> sampler,
            PluginLease<StyleBlend> blend,
            SetListener listener) {
        return new SetGeneration(settled, files, card, listener, build.version())
                .draw(
                        generator,
                        attentions,
                        sampler.plugin(),
                        blend == null ? null : blend.plugin(),
                        checkpointInterval);
    }

    /** What a set is begun with, whose plugins this thread has leased. */
    private RunManifest begun(ResolvedSet settled, Path styleCard) {
        SetRequest request = settled.request();
        Map<String, String> models = new HashMap<>();
        models.put(
                "model " + request.model(), ModelFingerprint.of(settled.model().source()));
        settled.controls()
                .fingerprints()
                .forEach((network, fingerprint) -> models.put("ControlNet " + network, fingerprint));
        Map<String, String> plugins = new HashMap<>();
        leases.held().stream().map(UsedPlugin::of).forEach(used -> plugins.put(used.title(), used.code()));
        settled.controls().each().stream()
                .map(PreparedControl::preprocessor)
                .forEach(used -> plugins.put(used.title(), used.code()));
        Path card = styleCard == null ? null : styleCard.toAbsolutePath().normalize();
        return new RunManifest(build.inFull(), request, card, models, plugins);
    }

    @Override
    public List<ContextInput> describe(List<ContextInput> inputs, SetListener listener) {
        return contexts.describe(inputs, new WithdrawalListener(listener, leases));
    }

    @Override
    public void preprocess(ControlPicture control, Integer width, Integer height, Path out) {
        Path file = out.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, file + " is there already; choose another --out or move it away.");
        }
        byte[] picture = PngFile.encode(controls.preprocess(control, width, height), Map.of());
        try {
            AtomicFile.write(file, content -> content.write(picture));
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, IoErrors.of(e)), e);
        }
    }

    private PluginLease<Sampler> sampler(SetRequest request) {
        return samplers.lease(request.sampling().sampler(), request.sampling().samplerOptions());
    }

    /** {@code null} where there is nothing to blend. */
    private PluginLease<StyleBlend> blend(SetRequest request) {
        boolean several =
                request.card() == null && request.references().images().size() > 1;
        return several
                ? blends.lease(
                        request.references().blend(), request.references().blendOptions())
                : null;
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
