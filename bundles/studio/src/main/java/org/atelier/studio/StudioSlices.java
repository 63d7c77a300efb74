package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.slice.SetDivision;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;
import org.atelier.plugins.PluginLeases;
import org.atelier.plugins.WithdrawalListener;
import org.atelier.studio.card.InversionFile;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.resolve.ContextResolver;
import org.atelier.studio.resolve.OpenedSet;

/** Divides sets, and generates their slices. */
final class StudioSlices implements SliceStudio {

    private final Opener opener;
    private final ContextResolver contexts;
    private final SetRunner runner;
    private final ImageGenerator generator;
    private final PluginLeases leases;
    private final AtelierBuild build;

    /** Opens a request whose input files may lie elsewhere. */
    interface Opener {
        OpenedSet open(SetRequest request, Map<Path, Path> elsewhere);
    }

    StudioSlices(
            Opener opener,
            ContextResolver contexts,
            SetRunner runner,
            ImageGenerator generator,
            PluginLeases leases,
            AtelierBuild build) {
        this.opener = opener;
        this.contexts = contexts;
        this.runner = runner;
        this.generator = generator;
        this.leases = leases;
        this.build = build;
    }

    @Override
    public SetDivision divide(SetRequest request, SetListener listener) {
        try (OpenedSet opened = opener.open(request, Map.of())) {
            OpenedSet set = contexts.read(opened, new WithdrawalListener(listener, leases));
            List<ImageSelection> chunks = RunImages.chunks(set);
            return new SetDivision(
                    set.request(),
                    chunks.stream().mapToInt(ImageSelection::count).sum(),
                    chunks,
                    InversionKey.of(set, build, leases).orElse(null),
                    set.inputs());
        }
    }

    @Override
    public void invert(SetRequest request, Map<Path, Path> files, Path inversions, SetListener listener) {
        generator.keepNetworks();
        Path file = inversions.toAbsolutePath().normalize();
        InversionFile.requireWritable(file);
        try (OpenedSet set = opener.open(request, files)) {
            String key = key(set);
            InversionFile.write(
                    file, key, build.version(), generator.invert(set, new WithdrawalListener(listener, leases)));
        }
    }

    @Override
    public GeneratedSet generate(SetRequest request, SliceInputs inputs, SetOutput output, SetListener listener) {
        generator.keepNetworks();
        try (OpenedSet opened = opener.open(request, inputs.files())) {
            OpenedSet set = inputs.inversions() == null ? opened : withInversions(opened, inputs.inversions());
            return runner.run(set, output, listener);
        }
    }

    private OpenedSet withInversions(OpenedSet set, Path file) {
        SetRequest request = set.request();
        return set.withTrajectories(InversionFile.read(
                set.inversions(file),
                key(set),
                request.inversion().steps() - request.inversion().offset(),
                request.references().images().size()));
    }

    private String key(OpenedSet set) {
        requireTexts(set.request());
        return InversionKey.of(set, build, leases)
                .orElseThrow(() -> new AtelierException(
                        INVALID_REQUEST,
                        "Nothing of this set can be inverted beforehand; generate it without stored inversions."));
    }

    private static void requireTexts(SetRequest request) {
        boolean hasUnread = request.contexts().inputs().stream().anyMatch(context -> context.resolved() == null)
                || request.references().images().stream().anyMatch(request::needsCaption);
        if (hasUnread) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The request has contexts or references without their texts; give the request as it was resolved.");
        }
    }

    @Override
    public void release() {
        generator.releaseNetworks();
    }
}
