package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.files.IoErrors;
import org.atelier.plugins.PluginLeases;
import org.atelier.plugins.UsedPlugin;
import org.atelier.plugins.WithdrawalListener;
import org.atelier.studio.card.CardWriter;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.CompleteSet;
import org.atelier.studio.folder.RunManifest;
import org.atelier.studio.folder.SetFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetJournal;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.resolve.ContextResolver;
import org.atelier.studio.resolve.ControlPreparer;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.PreparedControl;

/** Runs opened sets into folders, from the start or from where they were interrupted. */
final class SetRunner {

    private final ContextResolver contexts;
    private final ControlPreparer controls;
    private final ImageGenerator generator;
    private final PluginLeases leases;
    private final AtelierBuild build;
    private final Supplier<Duration> checkpointInterval;
    private final SetLocks locks;

    SetRunner(
            ContextResolver contexts,
            ControlPreparer controls,
            ImageGenerator generator,
            PluginLeases leases,
            AtelierBuild build,
            SetLocks locks,
            Supplier<Duration> checkpointInterval) {
        this.contexts = contexts;
        this.controls = controls;
        this.generator = generator;
        this.leases = leases;
        this.build = build;
        this.locks = locks;
        this.checkpointInterval = checkpointInterval;
    }

    GeneratedSet run(OpenedSet set, SetOutput output, SetListener listener) {
        SetListener ending = new WithdrawalListener(listener, leases);
        RunImages images = images(set, output);
        try (SetFolder folder = SetFolder.take(output.folder(), locks)) {
            Optional<CardWriter> card = Optional.ofNullable(output.styleCard()).map(file -> cardWriter(set, file));
            OpenedSet prepared = controls.prepare(contexts.read(set, ending), images.items(), ending);
            try (SetFiles files = folder.start(manifest(prepared, output.styleCard(), output.only()))) {
                return generate(prepared, images, files, card, ending);
            }
        }
    }

    private static RunImages images(OpenedSet set, SetOutput output) {
        if (output.only() != null && output.styleCard() != null) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A style card is saved with a whole set, not with a slice; omit --save-style or --only.");
        }
        return RunImages.of(set, output.only());
    }

    private CardWriter cardWriter(OpenedSet set, Path file) {
        CardWriter.requireNoControl(set.request());
        CardWriter.requireNoInitImage(set.request());
        CardWriter.requireNoContent(set.request());
        CardWriter.requireReference(
                set.strategies().common(), set.request().sharing().attention());
        return CardWriter.at(file, set.model().source(), set.precision(), build.version());
    }

    /** Whether a folder holds a set, complete or interrupted. */
    boolean hasSet(Path folder) {
        return SetFolder.isComplete(folder) || isInterrupted(folder);
    }

    private static boolean isInterrupted(Path folder) {
        try {
            return SetJournal.isIn(folder);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, folder + ": " + IoErrors.of(e) + ".", e);
        }
    }

    /** Opens the request that an interrupted set was started with. */
    interface Opener {
        OpenedSet open(SetRequest request);
    }

    GeneratedSet resume(Path folder, Opener opener, SetListener listener) {
        requireSet(folder);
        if (SetFolder.isComplete(folder) && !isInterrupted(folder)) {
            return new CompleteSet(folder).read(null);
        }
        try (SetFolder taken = SetFolder.takeStarted(folder, locks)) {
            requireSet(folder); // The previous holder of the lock may have removed the set.
            if (SetFolder.isComplete(folder)) {
                return taken.complete();
            }
            try (SetFiles files = taken.resume();
                    OpenedSet set = opener.open(files.manifest().request())) {
                return resume(set, files, listener);
            }
        }
    }

    private GeneratedSet resume(OpenedSet set, SetFiles files, SetListener listener) {
        SetListener ending = new WithdrawalListener(listener, leases);
        RunManifest recorded = files.manifest();
        Optional<CardWriter> card = Optional.ofNullable(recorded.styleCard())
                .map(file -> CardWriter.resume(file, set.model().source(), set.precision(), build.version()));
        RunImages images = RunImages.of(set, recorded.only());
        OpenedSet prepared = controls.prepare(set, images.items(), ending);
        RunManifest now = manifest(prepared, recorded.styleCard(), recorded.only());
        recorded.differenceTo(now).ifPresent(sentence -> {
            listener.noted(sentence);
            files.restart(now);
        });
        return generate(prepared, images, files, card, ending);
    }

    private void requireSet(Path folder) {
        if (hasSet(folder)) {
            return;
        }
        Path journal = folder.resolve(SetJournal.FILE);
        if (Files.exists(journal)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "The first entry of %s is damaged or truncated, so the set cannot be resumed; remove the folder and generate the set again."
                            .formatted(journal));
        }
        throw new AtelierException(
                INVALID_REQUEST,
                "There is no interrupted set in %s; give the folder of one, or generate the set.".formatted(folder));
    }

    private GeneratedSet generate(
            OpenedSet set, RunImages images, SetFiles files, Optional<CardWriter> card, SetListener listener) {
        return new SetGeneration(set, images, files, card, listener, build.version())
                .run(generator, checkpointInterval.get());
    }

    /** Returns the manifest of a set whose plugins this thread has leased. */
    private RunManifest manifest(OpenedSet set, Path styleCard, ImageSelection only) {
        SetRequest request = set.request();
        Map<String, String> models = new HashMap<>();
        models.put("model " + request.model(), set.fingerprint());
        set.controls()
                .fingerprints()
                .forEach((network, fingerprint) -> models.put("ControlNet " + network, fingerprint));
        Map<String, String> plugins = new HashMap<>();
        leases.held().stream().map(UsedPlugin::of).forEach(used -> plugins.put(used.title(), used.code()));
        set.controls().controls().stream()
                .map(PreparedControl::preprocessor)
                .forEach(used -> plugins.put(used.title(), used.code()));
        Path card = styleCard == null ? null : styleCard.toAbsolutePath().normalize();
        boolean dependsOnThreads = only != null && request.execution().device().equals("cpu");
        return new RunManifest(
                build.description(),
                request,
                card,
                only,
                dependsOnThreads ? generator.threads() : null,
                models,
                plugins);
    }
}
