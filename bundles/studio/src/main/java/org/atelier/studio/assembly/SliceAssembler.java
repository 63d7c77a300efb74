package org.atelier.studio.assembly;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetAssembler;
import org.atelier.api.set.SetRequest;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.folder.AtelierBuild;
import org.atelier.studio.folder.RunManifest;
import org.atelier.studio.folder.SetFiles;
import org.atelier.studio.folder.SetFolder;
import org.atelier.studio.folder.SetLocks;
import org.atelier.studio.folder.SetRecord;
import org.atelier.studio.folder.WrittenFile;
import org.atelier.studio.sheet.CaptionRenderer;
import org.atelier.studio.sheet.ContactSheet;
import org.atelier.studio.sheet.SheetCaptions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Joins slices in a folder. It keeps the journal of a set while it writes, so that an interrupted assembly continues when it
 * is repeated.
 */
@Component
public final class SliceAssembler implements SetAssembler {

    private final SetLocks locks;
    private final AtelierBuild build;

    @Activate
    public SliceAssembler(@Reference SetLocks locks, BundleContext context) {
        this(locks, AtelierBuild.of(context.getBundle()));
    }

    private SliceAssembler(SetLocks locks, AtelierBuild build) {
        this.locks = locks;
        this.build = build;
    }

    /** An assembler of a given build. */
    public static SliceAssembler of(SetLocks locks, AtelierBuild build) {
        return new SliceAssembler(locks, build);
    }

    @Override
    public GeneratedSet assemble(List<Path> slices, Path folder) {
        SliceSet set = SliceSet.read(slices, build.description());
        RunManifest manifest = manifest(set.first());
        if (isInterrupted(folder, manifest)) {
            try (SetFolder taken = SetFolder.takeStarted(folder, locks);
                    SetFiles files = taken.resume()) {
                return assemble(set, files);
            }
        }
        try (SetFolder taken = SetFolder.take(folder, locks);
                SetFiles files = taken.start(manifest)) {
            return assemble(set, files);
        }
    }

    /** The manifest of the whole set. */
    private static RunManifest manifest(SetRecord slice) {
        Map<String, String> models = new HashMap<>();
        models.put("model " + slice.request().model(), slice.fingerprint());
        slice.networks().forEach((network, fingerprint) -> models.put("ControlNet " + network, fingerprint));
        return new RunManifest(
                slice.slice().build(),
                slice.request(),
                null,
                models,
                slice.slice().plugins());
    }

    /** Whether a folder has an unfinished set that is this one; another unfinished set is refused when it is taken. */
    private static boolean isInterrupted(Path folder, RunManifest manifest) {
        return SetFolder.interrupted(folder).filter(manifest::equals).isPresent();
    }

    private GeneratedSet assemble(SliceSet set, SetFiles files) {
        SetRequest request = set.first().request();
        SheetCaptions captions = new SheetCaptions(request);
        ContactSheet sheet = new ContactSheet(request.references().images().size()
                + request.items().size()
                + set.controls().size());
        int reconstructions = (int)
                set.images().stream().filter(GeneratedImage::isReconstruction).count();
        List<GeneratedImage> images = new ArrayList<>();
        for (GeneratedImage image : set.images()) {
            WrittenFile copy = copy(image.file(), image.sha256(), files);
            String caption = image.isReconstruction()
                    ? captions.ofReconstruction(images.size(), reconstructions)
                    : captions.ofItem(image.index() - request.firstGenerated());
            sheet.add(PngFile.pixels(copy.path()), caption);
            images.add(new GeneratedImage(image.index(), image.prompt(), image.seed(), copy.path(), copy.sha256()));
        }
        List<ControlImage> controls = new ArrayList<>();
        for (ControlImage control : set.controls()) {
            WrittenFile copy = copy(control.file(), control.sha256(), files);
            sheet.add(PngFile.pixels(copy.path()), SheetCaptions.ofControl(control.kind()));
            controls.add(new ControlImage(control.kind(), control.appliesTo(), copy.path(), copy.sha256()));
        }
        set.notes().forEach(files::noted);
        WrittenFile contactSheet = write(sheet, set.first(), files);
        SetRecord record = new SetRecord(
                set.first().version(),
                request,
                set.first().fingerprint(),
                set.first().networks(),
                null,
                files.notes(),
                images,
                controls,
                contactSheet);
        WrittenFile written = files.complete(record.json().getBytes(StandardCharsets.UTF_8));
        return new GeneratedSet(files.folder(), request, images, controls, contactSheet.path(), written.path(), null);
    }

    private static WrittenFile write(ContactSheet sheet, SetRecord set, SetFiles files) {
        CaptionRenderer renderer = CaptionRenderer.ofThisMachine();
        if (!renderer.hasFonts()) {
            files.noted(CaptionRenderer.NO_FONTS);
        }
        Map<String, String> texts =
                set.request().output().metadata() ? new ImageMetadata(set.version()).ofSheet() : Map.of();
        return files.write(SetFolder.CONTACT_SHEET, PngFile.encode(sheet.generate(renderer), texts));
    }

    /** Copies a file of a slice, unless an interrupted assembly has done so. */
    private static WrittenFile copy(Path file, String sha256, SetFiles files) {
        String name = file.getFileName().toString();
        return files.existing(name)
                .filter(existing -> existing.sha256().equals(sha256))
                .orElseGet(() -> files.write(name, content(file, sha256)));
    }

    private static byte[] content(Path file, String sha256) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (!Sha256.of(content).equals(sha256)) {
                throw new AtelierException(
                        INPUT_UNREADABLE, file + " has changed while the slices were assembled; assemble them again.");
            }
            return content;
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": " + IoErrors.of(e) + ".", e);
        }
    }
}
