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
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlPicture;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.files.Reasons;
import org.atelier.files.WholeFile;
import org.atelier.models.ModelLibrary;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** Draws sets with the models and plugins that are here. */
@Component(configurationPid = StudioSettings.PID)
public final class AtelierStudio implements Studio {

    private final RequestResolver resolver;
    private final AttentionStrategies strategies;
    private final StyleBlends blends;
    private final SetContexts contexts;
    private final PluginLeases leases;
    private final SetControls controls;
    private final Artist artist;
    private final AtelierBuild build;
    private final SetLocks locks = new SetLocks();
    private volatile Duration checkpointInterval;

    @Activate
    public AtelierStudio(
            @Reference ModelLibrary library,
            @Reference AttentionStrategies strategies,
            @Reference StyleBlends blends,
            @Reference ContextSources sources,
            @Reference TextSummarizers summarizers,
            @Reference PluginLeases leases,
            @Reference ControlPreprocessors preprocessors,
            @Reference ControlNetworks networks,
            StudioSettings settings,
            BundleContext context) {
        this(
                library,
                strategies,
                blends,
                sources,
                summarizers,
                leases,
                new SetControls(preprocessors, networks),
                new DiffusionArtist(),
                settings,
                AtelierBuild.of(context.getBundle()));
    }

    AtelierStudio(
            ModelLibrary library,
            AttentionStrategies strategies,
            StyleBlends blends,
            ContextSources sources,
            TextSummarizers summarizers,
            PluginLeases leases,
            SetControls controls,
            Artist artist,
            StudioSettings settings,
            AtelierBuild build) {
        this.strategies = strategies;
        this.blends = blends;
        this.contexts = new SetContexts(new ContextReader(sources), new SetSummary(summarizers, artist));
        this.leases = leases;
        this.controls = controls;
        this.artist = artist;
        modified(settings);
        this.build = build;
        SecureRandom random = new SecureRandom();
        this.resolver = new RequestResolver(
                library,
                artist,
                strategies,
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
        checkpointInterval = ConfiguredSeconds.of(changed::checkpoint_seconds, "checkpoint.seconds", 0, 60);
    }

    @Override
    public SetRequest resolve(SetRequest request) {
        return resolver.resolve(request).request();
    }

    @Override
    public DrawnSet draw(SetRequest request, SetOutput output, SetListener listener) {
        SettledRequest settled = resolver.resolve(request);
        SetListener holding = new HoldingListener(listener, leases);
        try (SetFolder folder = SetFolder.take(output.folder(), locks);
                StrategiesOfSet attentions = StrategiesOfSet.lease(strategies, settled.request());
                PluginLease<StyleBlend> blend = blend(settled.request())) {
            Optional<NewCard> card = Optional.ofNullable(output.styleCard()).map(file -> {
                NewCard.requireFree(settled.request());
                NewCard.requireHand(attentions.common(), settled.request().attention());
                return NewCard.at(file, settled, build.version());
            });
            SettledRequest read = controls.prepare(contexts.read(settled, holding), holding);
            try (SetFiles files = folder.begin(begun(read, output.styleCard()))) {
                return draw(read, files, card, attentions, blend, holding);
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
            throw new AtelierException(INPUT_UNREADABLE, folder + ": " + Reasons.of(e) + ".", e);
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
        BegunSet begun = files.begun();
        SettledRequest settled = resolver.resolve(begun.request());
        SetListener holding = new HoldingListener(listener, leases);
        try (StrategiesOfSet attentions = StrategiesOfSet.lease(strategies, settled.request());
                PluginLease<StyleBlend> blend = blend(settled.request())) {
            Optional<NewCard> card =
                    Optional.ofNullable(begun.styleCard()).map(file -> NewCard.again(file, settled, build.version()));
            SettledRequest prepared = controls.prepare(settled, holding);
            BegunSet now = begun(prepared, begun.styleCard());
            begun.differenceTo(now).ifPresent(sentence -> {
                listener.noted(sentence);
                files.beginAnew(now);
            });
            return draw(prepared, files, card, attentions, blend, holding);
        }
    }

    private DrawnSet draw(
            SettledRequest settled,
            SetFiles files,
            Optional<NewCard> card,
            StrategiesOfSet attentions,
            PluginLease<StyleBlend> blend,
            SetListener listener) {
        return new SetDrawing(settled, files, card, listener, build.version())
                .draw(artist, attentions, blend == null ? null : blend.plugin(), checkpointInterval);
    }

    /** What a set is begun with, whose plugins this thread has leased. */
    private BegunSet begun(SettledRequest settled, Path styleCard) {
        SetRequest request = settled.request();
        Map<String, String> models = new HashMap<>();
        models.put("model " + request.model(), ModelFingerprint.of(settled.model()));
        ModelFingerprint.of(settled.controls())
                .forEach((network, fingerprint) -> models.put("ControlNet " + network, fingerprint));
        Map<String, String> plugins = new HashMap<>();
        leases.held().stream().map(UsedPlugin::of).forEach(used -> plugins.put(used.title(), used.code()));
        settled.controls().stream()
                .map(PreparedControl::preprocessor)
                .forEach(used -> plugins.put(used.title(), used.code()));
        Path card = styleCard == null ? null : styleCard.toAbsolutePath().normalize();
        return new BegunSet(build.inFull(), request, card, models, plugins);
    }

    @Override
    public List<ContextInput> describe(List<ContextInput> inputs, SetListener listener) {
        return contexts.describe(inputs, new HoldingListener(listener, leases));
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
            WholeFile.write(file, content -> content.write(picture));
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, Reasons.of(e)), e);
        }
    }

    /** {@code null} where there is nothing to blend. */
    private PluginLease<StyleBlend> blend(SetRequest request) {
        boolean several = request.card() == null && request.references().size() > 1;
        return several ? blends.lease(request.blend(), request.blendOptions()) : null;
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
